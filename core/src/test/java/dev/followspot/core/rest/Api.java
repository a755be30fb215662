package dev.followspot.core.rest;

import dev.followspot.core.json.Json;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls a handler as a web server does. */
final class Api {

  private final RestHandler handler;

  Api(RestHandler handler) {
    this.handler = handler;
  }

  record Answer(int status, HttpHeaders headers, String text) {

    @SuppressWarnings("unchecked")
    Map<String, Object> json() {
      return (Map<String, Object>) Json.parse(text);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> error() {
      return (Map<String, Object>) json().get("error");
    }

    String name() {
      return String.valueOf(error().get("name"));
    }

    String message() {
      return String.valueOf(error().get("message"));
    }
  }

  static final HttpHeaders JSON = HttpHeaders.of("Content-Type", "application/json");

  Answer get(String path) {
    return send("GET", path, HttpHeaders.none(), HttpBody.none());
  }

  Answer post(String path, String json) {
    return send("POST", path, JSON, HttpBody.of(json));
  }

  Answer post(String path, Map<String, ?> json) {
    return post(path, Json.write(json));
  }

  Answer send(String method, String target, HttpHeaders headers, HttpBody body) {
    return read(start(request(method, target, headers, body, Cancellation.NEVER)));
  }

  CompletableFuture<RestResponse> start(RestRequest request) {
    return handler.handle(request).toCompletableFuture();
  }

  static RestRequest request(
      String method, String target, HttpHeaders headers, HttpBody body, Cancellation cancellation) {
    int question = target.indexOf('?');
    return new RestRequest(
        method,
        "/api/kubernetes",
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        headers,
        body,
        "127.0.0.1",
        cancellation);
  }

  static Answer read(CompletableFuture<RestResponse> response) {
    try {
      RestResponse given = response.get(60, TimeUnit.SECONDS);
      byte[] bytes =
          given.body().bytes(Integer.MAX_VALUE).toCompletableFuture().get(60, TimeUnit.SECONDS);
      return new Answer(given.status(), given.headers(), new String(bytes, StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }
}
