import type { Lexicon } from './lexicon.ts';

/** Turkish. */
export const turkish: Lexicon = {
  override:
    'yok say*, yoksay*, görmezden gel*, göz ardı et*, gözardı et*, unut, unutun, unutunuz, dikkate alma, dikkate almayın, aldırma, aldırmadan, boş ver, boşver, uyma, uymayın, uymayı bırak, takip etme, ihlal et*, atlat*, geçersiz kıl*, geçersiz say*, geçersizdir, geçerli değil*, hiçe say*, bir kenara bırak*, çiğne, itaat etme, etrafından dolaş*, kurtul, dışına çık, artık uymak, artık değilsin, bırak, vazgeç, önemseme, umursama, dinleme, sayma, hükümsüz*, geçersiz, uygulanmaz, artık önemli değil, bir yana bırak, takma, boz',
  weakOverride:
    'sil, silin, kaldır*, iptal et*, kapat*, devre dışı*, atla, atlayın, sıfırla*, değiştir*, durdur*, çıkar, bırak',
  prior:
    'önceki, öncekiler*, daha önce, daha önceki, önceden, yukarıdaki*, yukarıda, geçmiş*, eski, ilk, başlangıçtaki*, orijinal*, şimdiye kadar*, bundan önce*, verilmiş, mevcut, sana verilen',
  all: 'tüm, bütün, hepsi, hepsini, her şeyi, herşeyi, her türlü, herhangi, tamamını, tamamen, tam, hiçbir',
  instruction:
    'talimat*, yönerge*, kural*, komutlar*, promptu, promptunu, promptun, istem, istemi, istemini, istemin, emir*, yönlendirme*, sistem mesaj*, sistem istem*, direktif*, ilke*, ayarlar*, programlama*, protokol*, yapılandırma*, yönlendirmeler*, görev tanım*, ilk mesaj*, başlangıç mesaj*, tanımlar*, kılavuz*, esaslar*',
  restriction:
    'kısıtlama*, sınırlama*, sınır, sınırlar*, filtre*, güvenlik, güvenliği, sansür*, etik, ahlak*, ahlaki, politika*, engel, engeller*, limitler',
  own: 'senin, sizin, kendi, sana',
  you: 'sen, seni, sana, siz, sizi, sensin',
  hidden: 'sistem*, gizli*, saklı*, dahili, kelimesi kelimesine, aynen, harfiyen, ilk, başlangıç*, orijinal*, tam',
  reveal:
    'göster*, açıkla, açıklayın, ifşa et*, söyle*, yazdır*, yaz, tekrarla*, tekrar et*, çevir*, ver, paylaş*, listele*, özetle*, kopyala*, nedir, nelerdir, neydi, ne diyor, neler, hangi, anlat*, ortaya çıkar*, aktar*, sızdır*, aktarır mısın, dök, sırala, ingilizceye, türkçeye, okur musun, görmek istiyorum, bilmek istiyorum, ilet',
  become:
    'artık, şu andan itibaren, bundan sonra, şimdiden sonra, gibi davran*, davran, davranacaksın, rol yap*, rolünü oyna*, rolüne gir*, rolünü üstlen*, rolünde, rol oyun*, mış gibi yap, miş gibi yap, gibi yap, olduğunu hayal et*, taklit et*, gibi cevap ver*, gibi yanıt ver*, olarak cevap ver*, olarak yanıt ver*, gibi konuş*, sen bir, yeni rolün, yeni görevin, senin adın, adın, olacaksın, moduna geç*, modunu etkinleştir*, moduna gir*, etkinleştir*, istiyorum ki sen, farz et, varsay ki',
  freed:
    'kısıtlamasız*, sınırsız*, sansürsüz*, filtresiz*, kuralsız*, ahlaksız*, kısıtlama olmadan, kısıtlama olmaksızın, hiçbir kısıtlama*, hiçbir kural*, hiçbir sınır*, hiçbir filtre*, hiçbir etik, kötü niyetli, kötücül, geliştirici modu*, yönetici modu*, tanrı modu*, hata ayıklama modu*, özgür bir, kısıtlaması olmayan, sınırı olmayan, kuralı olmayan, jailbreak*',
  machine:
    'yapay zeka*, yapay zekâ*, asistan*, modeli, modelsin, dil modeli*, sohbet botu*, bot, botu, robot*, chatgpt',
  authority: 'geliştirici*, yönetici*, admin, yetkili*, yetki, root, kurucu*, operatör*, bakım',
  always:
    'zorundasın, her zaman, daima, asla, istisnasız, ne olursa olsun, kesinlikle, mutlaka, koşulsuz, itaat et*, malısın, melisin',
  only: 'sadece, yalnızca, yalnız, tam olarak, başka bir şey, başka hiçbir şey, onun yerine, bunun yerine, aynen',
  say: 'deyin, deyin, söyle*, yaz, yazın, yazdır*, cevap ver*, yanıt ver*, yanıtla*, cevapla*, tekrarla*, bağır',
  secret:
    'şifre*, parola*, api anahtar*, gizli anahtar*, erişim kodu*, erişim belirteci*, kimlik bilgileri*, gizli kod*, gizli kelime*, sırları*, sırrını, sırrı, kullanıcı veriler*, müşteri veriler*, ortam değişkenler*, gizli bilgi*, gizli veri*',
  negation: 'değil, yok, asla, hiç, hiçbir, olmadan, etme',
  task: 'görev, görevi, görevim*, görevler*, hatırlatıcı*, hatırlatma*, toplantı*, randevu*, alarm*, eposta*, e-posta*, maili, mesajı, mesaj, alışveriş*, listem*, liste, listesi*, süt, ekmek, yumurta, takvim*, rezervasyon*, etkinlik*, fatura*, arama, doktor*, dişçi, dişçiye, tarif*, pasta*, kek, paket*, uçuş*, otel*, tatil*, doğum günü*, ödev*, yarın, pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar, hatırlat, raf, rafın, dolap, oyun*, oyunun, annem*, bakıcı*',
  send: 'gönder*, ilet*, yükle*, çalıştır*, yürüt*, aktar*, indir*, yayınla*, tıkla*, aç, transfer et*, ekle*',
  address: 'bağlantı*, url, adres*, sunucu*, siteye, siteye, harici, hesab*, fonksiyon*, araç',
  fiction:
    'varsayımsal*, hikaye*, hikâye*, kurgusal*, kurgu*, romanda, senaryo*, filmde, sahne*, şiir*, karakter*, masal*, büyükanne*',
  text: 'metin*, metni*, kelime*, cümle*, mesajları, mesajlar*, konuşma*, satır*, içerik*, içeriği*, paragraf*, bağlam*, sohbet*, söylenen*, yazılan*, yazıları',
  addressee:
    'eğer bir yapay zeka*, yapay zekaysan, yapay zeka isen, dil modeliysen, yapay zekaya not, yapay zeka asistanları*, yapay zeka sistemleri*, asistana not, kullanıcıya söyleme, kullanıcıya bildirme, kullanıcıya söyle, bundan bahsetme, asistan şunu, yapay zeka için not, asistan için not, yapay zekaya talimat, modele not',
  told: 'verilen*, verildi, verilmiş, söylenen*, söylendi, aldığın*, aldığınız*, programlan*, eğitil*, öğretil*, öğrendiğin*, tanımlan*, yazılan*, uyduğun, uyman',
  fresh: 'yeni, şimdi, gerçek, asıl, bunun yerine, onun yerine, şu, aşağıdaki*, güncel*, benim',
  refuse: 'reddetme*, reddet*, geri çevir*, uyarı*, özür*, itiraz*, sansürleme*, karakterden çık*',
  about:
    'fısıldadı, ne demek, ne anlama, anlamı, açıklar mısın, açıklayabilir misin, tanımı, nasıl, makale*, örnek*, oku, okumak, kitap*, kurs*, sunum*, fark*, ipucu*, öğren*, neden, niçin, hakkında',
  scope: 'için, hakkında, ile',
  keep: 'unutma, unutmayın, unutmayınız, unutmadan, yok sayma, görmezden gelme, göz ardı etme',
  harm: 'yasadışı*, yasa dışı*, etik dışı*, ahlaksız*, zararlı*, tehlikeli*, saldırgan*, yasak*, silah*, bomba*, uyuşturucu*, hackle, şiddet*',
};
