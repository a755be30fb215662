package dev.followspot.core.proxy;

import dev.followspot.core.json.Json;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes refusals as the contract has them. */
final class ErrorAnswers {

  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private ErrorAnswers() {}

  static RestResponse of(RestRequest request, Refusal refusal) {
    HttpHeaders headers = HttpHeaders.of("Content-Type", "application/json; charset=utf-8");
    if (refusal.status() == 405) {
      headers = headers.and("Allow", METHODS);
    }
    if (refusal.status() == 503) {
      headers = headers.and("Retry-After", "1");
    }
    return RestResponse.of(
        refusal.status(), headers, HttpBody.of(Json.write(document(request, refusal))));
  }

  private static Map<String, Object> document(RestRequest request, Refusal refusal) {
    Map<String, Object> document = new LinkedHashMap<>();
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("name", refusal.name());
    error.put("message", refusal.message());
    document.put("error", error);
    if (refusal.status() == 403) {
      return document;
    }
    String mountPoint = refusal.isOfCluster() ? request.mountPoint() : "";
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("method", request.method());
    asked.put("url", mountPoint + request.path() + query);
    document.put("request", asked);
    document.put("response", Map.of("statusCode", refusal.status()));
    return document;
  }
}
