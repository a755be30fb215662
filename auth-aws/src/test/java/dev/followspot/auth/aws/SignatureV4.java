package dev.followspot.auth.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature as the documentation of AWS has it, on its own: what STS does to check a token. */
final class SignatureV4 {

  private SignatureV4() {}

  /**
   * The signature of a presigned GET of {@code /} without a body.
   *
   * @param query all parameters as they stand in the URL, with or without the signature
   */
  static String of(
      String host, String clusterId, Map<String, String> query, String secret, String region)
      throws GeneralSecurityException {
    Map<String, String> sorted = new TreeMap<>(query);
    sorted.remove("X-Amz-Signature");
    String date = query.get("X-Amz-Date");
    String day = date.substring(0, 8);
    String canonical =
        String.join(
            "\n",
            "GET",
            "/",
            sorted.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&")),
            "host:" + host,
            "x-k8s-aws-id:" + clusterId,
            "",
            "host;x-k8s-aws-id",
            hash(""));
    String scope = String.join("/", day, region, "sts", "aws4_request");
    String text = String.join("\n", "AWS4-HMAC-SHA256", date, scope, hash(canonical));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {day, region, "sts", "aws4_request"}) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, text));
  }

  private static String hash(String text) throws GeneralSecurityException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
