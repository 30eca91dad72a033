/** Protocol that clients made with Go's sarama speak: left unset it is older than what Kafka 4 still knows. */
export const kafkaProtocolVersion = '3.9.0';
