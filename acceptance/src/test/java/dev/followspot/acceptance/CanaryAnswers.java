package dev.followspot.acceptance;

import java.util.LinkedHashMap;
import java.util.Map;

/** What clusters answer that tell their secrets wherever they can. */
final class CanaryAnswers {

  private static final String JSON = "application/json";

  /** Answers by the names of the clusters. */
  static final Map<String, String> ALL = all();

  private CanaryAnswers() {}

  /** What is no JSON shows its beginning, so that the gateway can be seen that wrote it. */
  private static final String BEGINNING = "upstream connect error or disconnect before headers, ";

  private static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "secrets",
        RawCluster.answer(
            200,
            JSON,
            """
            {"kind":"SecretList","apiVersion":"v1","metadata":{},"items":[{
              "metadata":{"name":"s","namespace":"default","annotations":{
                "kubectl.kubernetes.io/last-applied-configuration":"{\\"data\\":{\\"password\\":\\"canary\\"}}"}},
              "data":{"password":"Y2FuYXJ5ISEh"},"stringData":{"password":"canary"}}]}
            """));
    for (int status : new int[] {400, 401, 403, 404, 409, 500, 503}) {
      all.put("status-" + status, RawCluster.answer(status, JSON, status(status)));
    }
    all.put("redirect", answer("302 Found\r\nLocation: http://127.0.0.1:1/?token=canary"));
    all.put("cookie", answer("500 canary\r\nSet-Cookie: a=canary\r\nX-More: canary"));
    all.put("html", RawCluster.answer(200, "text/html", "<html>" + BEGINNING + "canary</html>"));
    all.put("text", RawCluster.answer(200, JSON, BEGINNING + "canary"));
    all.put("cut", RawCluster.answer(200, JSON, "{\"kind\":\"PodList\",\"items\":[{\"canary\":"));
    all.put(
        "bare", RawCluster.answer(200, JSON, "{\"kind\":\"PodList\",\"items\":[{\"a\":canary}]}"));
    all.put("escape", RawCluster.answer(200, JSON, "{\"items\":[{\"a\":\"\\canary\"}]}"));
    all.put("number", RawCluster.answer(200, JSON, "{\"items\":[1canary]}"));
    all.put("shape", RawCluster.answer(200, JSON, "{\"kind\":\"canary\",\"items\":\"canary\"}"));
    all.put("item", RawCluster.answer(200, JSON, "{\"kind\":\"PodList\",\"items\":[\"canary\"]}"));
    all.put(
        "said",
        RawCluster.answer(
            200,
            JSON,
            "{\"kind\":\"Status\",\"message\":\"no\",\"reason\":\"canary\",\"a\":\"canary\"}"));
    all.put("type", RawCluster.answer(200, "canary/canary", BEGINNING + "canary"));
    all.put("coding", answer("200 OK\r\nContent-Encoding: br\r\nX-More: canary"));
    all.put("noise", "canary canary canary\r\n\r\n");
    all.put("header", "HTTP/1.1 200 OK\r\ncanary\r\n\r\n");
    return all;
  }

  private static String answer(String head) {
    return "HTTP/1.1 " + head + "\r\nContent-Length: 6\r\n\r\ncanary";
  }

  private static String status(int code) {
    return """
    {"kind":"Status","apiVersion":"v1","status":"Failure","message":"canary %d",
     "reason":"canary","details":{"name":"canary"},"code":%d}
    """
        .formatted(code, code);
  }

  /** Two callers with tokens, and these clusters. */
  static String config(String clusters) {
    return """
    backend:
      auth:
        externalAccess:
          - type: static
            options: { token: "${CANARY_PORTAL}", subject: portal }
          - type: static
            options: { token: canary-token-of-another-caller, subject: other }
    kubernetes:
      serviceLocatorMethod: { type: multiTenant }
      clusterLocatorMethods:
        - type: config
          clusters:
    """
        + clusters;
  }
}
