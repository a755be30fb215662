package dev.followspot.core.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made by the JDK's keytool, and the TLS contexts of servers that use them. */
final class TestCertificates {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;

  TestCertificates(Path folder) {
    this.folder = folder;
  }

  /** A self-signed certificate with its key. */
  Identity make(String name, String... options) {
    return generate(name, "it", Arrays.asList(options));
  }

  /** A certificate that an authority of its own has signed. */
  Identity signed(String name, String... options) {
    generate(name, "ca", List.of("-ext", "bc:c"));
    List<String> all = new ArrayList<>(List.of("-signer", "ca"));
    all.addAll(Arrays.asList(options));
    return generate(name, "it", all);
  }

  private Identity generate(String name, String alias, List<String> given) {
    Path file = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-dname",
                "CN=" + name + ",O=" + alias));
    if (!given.contains("-keyalg")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    if (!given.contains("-validity")) {
      command.addAll(List.of("-validity", "365"));
    }
    command.addAll(given);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      return new Identity(file, store);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** For localhost and 127.0.0.1. */
  Identity server(String name) {
    return make(name, "-ext", "SAN=dns:localhost,ip:127.0.0.1");
  }

  record Identity(Path file, KeyStore store) {

    String certificatePem() {
      try {
        return pem("CERTIFICATE", certificate().getEncoded());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    /** The authority's certificate. */
    String authorityPem() {
      try {
        return pem("CERTIFICATE", store.getCertificate("ca").getEncoded());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    String keyPem() {
      return pem("PRIVATE KEY", key().getEncoded());
    }

    Certificate certificate() {
      try {
        return store.getCertificate("it");
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    PrivateKey key() {
      try {
        return (PrivateKey) store.getKey("it", PASSWORD);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    /** The context of a server with this certificate; clients may have one of those given. */
    SSLContext context(Identity... clients) {
      try {
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        int count = 0;
        for (Identity client : clients) {
          trusted.setCertificateEntry("client" + count++, client.certificate());
        }
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
            keys.getKeyManagers(), clients.length == 0 ? null : trust.getTrustManagers(), null);
        return context;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    static String pem(String label, byte[] der) {
      return "-----BEGIN "
          + label
          + "-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
          + "\n-----END "
          + label
          + "-----\n";
    }

    Path writeCertificate(Path file) throws IOException {
      return Files.writeString(file, certificatePem());
    }
  }
}
