package dev.followspot.core.rest;

import dev.followspot.core.json.Json;
import dev.followspot.core.objects.BackstageJson;
import dev.followspot.core.objects.LookupJson;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Entity;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.ObjectsResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the answers of the contract. */
final class Answers {

  private static final HttpHeaders JSON =
      HttpHeaders.of("Content-Type", "application/json; charset=utf-8");

  /** The fields of {@code spec} that tell entities apart. */
  private static final List<String> SHOWN = List.of("type", "lifecycle", "owner", "system");

  private Answers() {}

  /** The route is not known. */
  static RestResponse unknown() {
    return RestResponse.of(404, HttpHeaders.none(), HttpBody.none());
  }

  static RestResponse objects(ObjectsResult result) {
    return RestResponse.of(200, JSON, HttpBody.of(BackstageJson.publisher(result)));
  }

  /** The objects as Backstage has them, beside what became of each list. */
  static RestResponse lookup(ObjectsResult result) {
    return RestResponse.of(200, JSON, HttpBody.of(LookupJson.publisher(result)));
  }

  static RestResponse entities(List<Entity> entities) {
    return json(200, JSON, Map.of("items", entities.stream().map(Answers::entity).toList()));
  }

  /** What people choose an entity by, and what of it says where its objects are. */
  private static Map<String, Object> entity(Entity entity) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("ref", entity.ref().toString());
    item.put("kind", entity.ref().kind());
    item.put("namespace", entity.ref().namespace());
    item.put("name", entity.name());
    if (entity.title() != null) {
      item.put("title", entity.title());
    }
    for (String field : SHOWN) {
      if (entity.spec().get(field) instanceof String text) {
        item.put(field, text);
      }
    }
    Map<String, String> annotations = new TreeMap<>(entity.annotations());
    annotations.keySet().removeIf(name -> !name.startsWith("backstage.io/kubernetes"));
    item.put("annotations", annotations);
    return item;
  }

  static RestResponse clusters(List<Cluster> clusters) {
    List<Object> items = new ArrayList<>();
    for (Cluster cluster : clusters) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("name", cluster.name());
      cluster.title().ifPresent(title -> item.put("title", title));
      String url = cluster.dashboard().url();
      if (url != null) {
        item.put("dashboardUrl", url);
      }
      item.put("authProvider", cluster.authProvider());
      cluster.oidcTokenProvider().ifPresent(name -> item.put("oidcTokenProvider", name));
      items.add(item);
    }
    return json(200, JSON, Map.of("items", items));
  }

  static RestResponse error(RestRequest request, RestError error) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("error", nameAndMessage(error));
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("method", request.method());
    asked.put(
        "url",
        (request.path().isEmpty() ? "/" : request.path())
            + (request.query().isEmpty() ? "" : "?" + request.query()));
    document.put("request", asked);
    document.put("response", Map.of("statusCode", error.status()));
    return json(
        error.status(), error.status() == 503 ? JSON.and("Retry-After", "1") : JSON, document);
  }

  /** The error of a request of the proxy that the caller may not make. */
  static RestResponse deniedProxy(RestError error) {
    return json(error.status(), JSON, Map.of("error", nameAndMessage(error)));
  }

  /** The error of a look-up by {@code /services}. */
  static RestResponse failedService(RestError error) {
    return json(error.status(), JSON, Map.of("error", error.text()));
  }

  private static Map<String, Object> nameAndMessage(RestError error) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", error.name());
    map.put("message", error.text());
    return map;
  }

  private static RestResponse json(int status, HttpHeaders headers, Map<String, Object> document) {
    return RestResponse.of(status, headers, HttpBody.of(Json.write(document)));
  }
}
