import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * Sets the SCRAM-SHA-512 password of each user, over the broker's administration listener. Reads Java properties from standard
 * input: `user.<name>=<password>`, and all else as settings of the client. Kafka's own tools take passwords as arguments, where
 * every account of the machine can read them.
 */
public final class ScramUsers {
  private static final String USER_PREFIX = "user.";
  /** RFC 5802 asks for 4096 at least. */
  private static final int ITERATIONS = 8192;
  private static final long TIMEOUT_SECONDS = 60;

  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    settings.load(System.in);
    List<UserScramCredentialAlteration> alterations = new ArrayList<>();
    for (String name : List.copyOf(settings.stringPropertyNames())) {
      if (!name.startsWith(USER_PREFIX)) continue;
      String password = (String) settings.remove(name);
      alterations.add(
          new UserScramCredentialUpsertion(
              name.substring(USER_PREFIX.length()),
              new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
              password));
    }
    try (Admin admin = Admin.create(settings)) {
      admin.alterUserScramCredentials(alterations).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }
}
