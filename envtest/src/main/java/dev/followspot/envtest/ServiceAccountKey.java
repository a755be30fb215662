package dev.followspot.envtest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** The key that signs the tokens of service accounts. */
final class ServiceAccountKey {

  static final String ISSUER = "https://kubernetes.default.svc";

  private final KeyPair pair;

  private ServiceAccountKey(KeyPair pair) {
    this.pair = pair;
  }

  static ServiceAccountKey create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new ServiceAccountKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void writeTo(Path privateKey, Path publicKey) throws IOException {
    Files.writeString(privateKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    Files.writeString(publicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
  }

  private static String pem(String what, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, text);
  }

  /** A token such as the API server signs, which it would not sign for every time. */
  String sign(String namespace, String name, String uid, Instant from, Instant until) {
    String claims =
        """
        {"iss":"%1$s","aud":["%1$s"],"sub":"system:serviceaccount:%2$s:%3$s","iat":%5$d,"nbf":%5$d,"exp":%6$d,\
        "kubernetes.io":{"namespace":"%2$s","serviceaccount":{"name":"%3$s","uid":"%4$s"}}}"""
            .formatted(ISSUER, namespace, name, uid, from.getEpochSecond(), until.getEpochSecond());
    String content = base64("{\"alg\":\"RS256\"}") + "." + base64(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + url().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return url().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Base64.Encoder url() {
    return Base64.getUrlEncoder().withoutPadding();
  }
}
