package dev.followspot.examples.backstagebackend;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** The certificate of the server with its chain, and its private key. Shows neither. */
final class ServerCertificate {

  private static final String CURE =
      "set https: { certificate: { cert: { $file: tls.crt }, key: { $file: tls.key } } }";

  private final KeyStore keyStore;

  private ServerCertificate(KeyStore keyStore) {
    this.keyStore = keyStore;
  }

  /** Reads {@code backend.https}; empty if it is absent or false. */
  static Optional<ServerCertificate> from(ConfigSection backend) {
    Object value = backend.raw("https").orElse(false);
    if (value.equals(false) || value.equals("false")) {
      return Optional.empty();
    }
    if (value.equals(true) || value.equals("true")) {
      throw backend.problem("https", "needs a certificate, none is made up; " + CURE);
    }
    ConfigSection section = backend.section("https").section("certificate");
    if (section.keys().isEmpty()) {
      throw backend.section("https").problem("certificate", "is missing; " + CURE);
    }
    ConfigProblems problems = new ConfigProblems();
    Certificate[] chain = problems.read(() -> chain(section));
    PrivateKey key = problems.read(() -> key(section));
    problems.throwIfAny();
    if (chain == null || key == null) {
      throw new IllegalStateException("no certificate and no problem");
    }
    if (!fits(chain[0], key)) {
      throw section.problem("key", "is not the key of the first certificate in cert");
    }
    return Optional.of(new ServerCertificate(keyStore(chain, key)));
  }

  private static Certificate[] chain(ConfigSection section) {
    byte[] pem = section.string("cert").getBytes(StandardCharsets.UTF_8);
    try {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (!chain.isEmpty()) {
        return chain.toArray(Certificate[]::new);
      }
    } catch (GeneralSecurityException e) {
      throw section.problem("cert", "holds a certificate that cannot be read; wanted PEM");
    }
    throw section.problem("cert", "holds no certificate (-----BEGIN CERTIFICATE-----)");
  }

  private static PrivateKey key(ConfigSection section) {
    Optional<Secret> pem = section.optionalSecret("key");
    if (pem.isEmpty()) {
      throw section.problem("key", "is missing; wanted a private key in PEM");
    }
    try (PEMParser parser = new PEMParser(new StringReader(pem.get().reveal()))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
        if (block instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        } else if (block instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        } else if (block instanceof PEMEncryptedKeyPair
            || block instanceof PKCS8EncryptedPrivateKeyInfo) {
          throw section.problem(
              "key", "is encrypted; decrypt it with: openssl pkey -in tls.key -out plain.key");
        }
      }
    } catch (IOException e) {
      throw section.problem("key", "holds a private key that cannot be read; wanted PEM");
    }
    throw section.problem("key", "holds no private key (-----BEGIN PRIVATE KEY-----)");
  }

  /** Whether what the key signs can be verified with the certificate. */
  private static boolean fits(Certificate certificate, PrivateKey key) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC", "ECDSA" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      byte[] text = {1, 2, 3};
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(text);
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(((X509Certificate) certificate).getPublicKey());
      verifying.update(text);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static KeyStore keyStore(Certificate[] chain, PrivateKey key) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, new char[0], chain);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigurationException("", "backend.https.certificate", "cannot be used");
    }
  }

  KeyStore keyStore() {
    return keyStore;
  }

  @Override
  public String toString() {
    return "ServerCertificate";
  }
}
