package dev.followspot.examples.backstagebackend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.followspot.core.config.AppConfig;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {

  @TempDir private Path folder;

  private ServerCertificate read(String certificate, String key) throws Exception {
    Files.writeString(folder.resolve("tls.crt"), certificate);
    Files.writeString(folder.resolve("tls.key"), key);
    Path config =
        Files.writeString(
            folder.resolve("app-config.yaml"),
            "backend: { https: { certificate: { cert: { $file: tls.crt }, key: { $file: tls.key }"
                + " } } }");
    return ServerCertificate.from(
            AppConfig.read(config).resolve(Map.of()).root().section("backend"))
        .orElseThrow();
  }

  @Test
  void takes_keys_in_all_forms_of_pem() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      TestTls tls = TestTls.create(algorithm);
      assertThat(read(tls.certificate(), tls.privateKey()).keyStore().size()).isEqualTo(1);
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(tls.keys().getPrivate().getEncoded());
      byte[] traditional =
          algorithm.equals("EC")
              ? withCurve(info)
              : info.parsePrivateKey().toASN1Primitive().getEncoded();
      assertThat(
              read(tls.certificate(), TestTls.pem(algorithm + " PRIVATE KEY", traditional))
                  .keyStore()
                  .size())
          .isEqualTo(1);
    }
  }

  /** As OpenSSL writes it; inside of PKCS#8 the curve stands outside of the key. */
  private static byte[] withCurve(PrivateKeyInfo info) throws IOException {
    BigInteger key = ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
    return new ECPrivateKey(256, key, info.getPrivateKeyAlgorithm().getParameters()).getEncoded();
  }

  @Test
  void takes_a_chain() throws Exception {
    TestTls own = TestTls.create("EC");
    TestTls authority = TestTls.create("EC");
    ServerCertificate chain = read(own.certificate() + authority.certificate(), own.privateKey());
    assertThat(chain.keyStore().getCertificateChain("server")).hasSize(2);
  }

  @Test
  void refuses_the_key_of_another_certificate_and_shows_no_key() throws Exception {
    TestTls tls = TestTls.create("EC");
    String other = TestTls.create("EC").privateKey();
    assertThatThrownBy(() -> read(tls.certificate(), other))
        .hasMessageContaining("backend.https.certificate.key: is not the key of the first");
    assertThatThrownBy(() -> read(tls.certificate(), TestTls.create("RSA").privateKey()))
        .hasMessageContaining("is not the key of the first");
  }

  @Test
  void names_what_is_wrong_with_either() throws Exception {
    TestTls tls = TestTls.create("EC");
    assertThatThrownBy(() -> read("canary-certificate", "canary-key"))
        .hasMessageContaining("certificate.cert: ")
        .hasMessageContaining("certificate.key: holds no private key")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(
            () ->
                read(
                    tls.certificate(),
                    TestTls.pem(
                        "PRIVATE KEY", "canary".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
        .hasMessageContaining("certificate.key: holds a private key that cannot be read")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> read(TestTls.pem("CERTIFICATE", new byte[9]), tls.privateKey()))
        .hasMessageContaining("certificate.cert: holds a certificate that cannot be read");
    assertThatThrownBy(
            () ->
                read(
                    tls.certificate(),
                    TestTls.pem("ENCRYPTED PRIVATE KEY", new byte[] {0x30, 0x03, 0x02, 1, 1})))
        .hasMessageContaining("certificate.key: ");
  }
}
