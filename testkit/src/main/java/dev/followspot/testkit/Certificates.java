package dev.followspot.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An authority, and a certificate of it for {@code localhost}, {@code 127.0.0.1} and {@code ::1}.
 * Both are made anew for each server, so that none expires and none is worth stealing; the JDK
 * reads certificates and makes none, so their DER is written here.
 */
record Certificates(String caPem, KeyStore keyStore) {

  static final String PASSWORD = "mock-kubernetes";

  private static final Duration LIFE = Duration.ofDays(365);
  private static final String ECDSA_WITH_SHA256 = "300a06082a8648ce3d040302";
  private static final String COMMON_NAME = "0603550403";
  private static final String BASIC_CONSTRAINTS = "0603551d13";
  private static final String KEY_USAGE = "0603551d0f";
  private static final String SUBJECT_ALT_NAME = "0603551d11";
  private static final String EXTENDED_KEY_USAGE = "0603551d25";
  private static final String SERVER_AUTH = "06082b06010505070301";
  private static final byte[] CRITICAL = hex("0101ff");
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static Certificates create() {
    try {
      KeyPair caKeys = keys();
      KeyPair serverKeys = keys();
      Certificate ca =
          certificate("mock-kubernetes-ca", caKeys.getPublic(), caKeys.getPrivate(), caUse());
      Certificate server =
          certificate("mock-kubernetes", serverKeys.getPublic(), caKeys.getPrivate(), serverUse());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server",
          serverKeys.getPrivate(),
          PASSWORD.toCharArray(),
          new Certificate[] {server, ca});
      return new Certificates(pem(ca), store);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no certificate can be made", e);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static Certificate certificate(
      String subject, PublicKey key, PrivateKey issuerKey, byte[] extensions)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    byte[] content =
        sequence(
            der(0xa0, hex("020102")),
            der(0x02, new BigInteger(64, new SecureRandom()).add(BigInteger.ONE).toByteArray()),
            hex(ECDSA_WITH_SHA256),
            name("mock-kubernetes-ca"),
            sequence(time(now.minus(Duration.ofDays(1))), time(now.plus(LIFE))),
            name(subject),
            key.getEncoded(),
            der(0xa3, extensions));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(issuerKey);
    signature.update(content);
    byte[] signed =
        sequence(content, hex(ECDSA_WITH_SHA256), der(0x03, new byte[] {0}, signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(signed));
  }

  private static byte[] caUse() {
    return sequence(
        sequence(hex(BASIC_CONSTRAINTS), CRITICAL, der(0x04, sequence(hex("0101ff")))),
        // keyCertSign and cRLSign
        sequence(hex(KEY_USAGE), CRITICAL, der(0x04, hex("03020106"))));
  }

  private static byte[] serverUse() {
    return sequence(
        sequence(
            hex(SUBJECT_ALT_NAME),
            der(
                0x04,
                sequence(
                    der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
                    der(0x87, new byte[] {127, 0, 0, 1}),
                    der(0x87, BigInteger.ONE.toByteArray(), 16)))),
        sequence(hex(EXTENDED_KEY_USAGE), der(0x04, sequence(hex(SERVER_AUTH)))));
  }

  private static byte[] name(String commonName) {
    byte[] text = der(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
    return sequence(der(0x31, sequence(hex(COMMON_NAME), text)));
  }

  private static byte[] time(Instant instant) {
    return der(0x17, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] sequence(byte[]... parts) {
    return der(0x30, parts);
  }

  /** A value that is padded with zeros on the left. */
  private static byte[] der(int tag, byte[] value, int length) {
    return der(tag, new byte[length - value.length], value);
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    byte[] length = BigInteger.valueOf(content.size()).toByteArray();
    if (content.size() < 128) {
      out.write(content.size());
    } else {
      byte[] digits = length[0] == 0 ? Arrays.copyOfRange(length, 1, length.length) : length;
      out.write(0x80 | digits.length);
      out.writeBytes(digits);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static String pem(Certificate certificate) throws GeneralSecurityException {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }
}
