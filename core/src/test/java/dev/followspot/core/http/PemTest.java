package dev.followspot.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and certificates as tools write them. */
class PemTest {

  @TempDir Path folder;

  private static byte[] inner(byte[] pkcs8) {
    // The last element of PKCS#8 is an octet string with the key in its older format.
    for (int at = 20; at < 40; at++) {
      if (pkcs8[at] == 0x04) {
        int length = pkcs8[at + 1] & 0xff;
        int header = length < 0x80 ? 2 : 2 + (length & 0x7f);
        byte[] rest = Arrays.copyOfRange(pkcs8, at + header, pkcs8.length);
        if (rest[0] == 0x30) {
          return rest;
        }
      }
    }
    throw new AssertionError("no key found");
  }

  @Test
  void rsa_keys_may_be_pkcs_8_or_pkcs_1() throws Exception {
    TestCertificates.Identity rsa =
        new TestCertificates(folder).make("rsa", "-keyalg", "RSA", "-keysize", "2048");
    BigInteger modulus = ((RSAPrivateCrtKey) rsa.key()).getModulus();
    String pkcs1 = TestCertificates.Identity.pem("RSA PRIVATE KEY", inner(rsa.key().getEncoded()));

    assertThat(((RSAPrivateCrtKey) Pem.privateKey(rsa.keyPem())).getModulus()).isEqualTo(modulus);
    assertThat(((RSAPrivateCrtKey) Pem.privateKey(pkcs1)).getModulus()).isEqualTo(modulus);
  }

  @Test
  void ec_keys_may_be_pkcs_8_or_sec_1_with_the_curve_inside_or_before() throws Exception {
    TestCertificates.Identity ec = new TestCertificates(folder).make("ec");
    BigInteger secret = ((ECPrivateKey) ec.key()).getS();
    byte[] sec1 = inner(ec.key().getEncoded());
    byte[] curve = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07};
    String bare = TestCertificates.Identity.pem("EC PRIVATE KEY", sec1);
    String before = TestCertificates.Identity.pem("EC PARAMETERS", curve) + bare;
    byte[] withCurve = new byte[7 + 32 + 12];
    byte[] start = {0x30, 49, 2, 1, 1, 4, 32};
    System.arraycopy(start, 0, withCurve, 0, 7);
    System.arraycopy(sec1, 7, withCurve, 7, 32);
    withCurve[39] = (byte) 0xa0;
    withCurve[40] = 10;
    System.arraycopy(curve, 0, withCurve, 41, 10);
    String inside = TestCertificates.Identity.pem("EC PRIVATE KEY", withCurve);

    for (String pem : new String[] {ec.keyPem(), before, inside}) {
      PrivateKey key = Pem.privateKey("some text before\n" + pem);
      assertThat(((ECPrivateKey) key).getS()).isEqualTo(secret);
    }
  }

  @Test
  void what_is_wrong_is_told_without_the_text() {
    assertThatThrownBy(() -> Pem.privateKey("hunter2"))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessage("holds neither PEM nor base64 of PEM");
    String encrypted = TestCertificates.Identity.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2});
    assertThatThrownBy(() -> Pem.privateKey(encrypted)).hasMessageContaining("passphrase");
    String junk = TestCertificates.Identity.pem("CERTIFICATE", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> Pem.certificates(junk)).hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> Pem.privateKey(junk)).hasMessageContaining("holds no private key");
  }
}
