package dev.followspot.core.rest;

import dev.followspot.core.text.Shortened;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.RequestAuth;
import dev.followspot.spi.ResourceType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the body of a request asks for; every method throws a {@link RestError} that says why. */
final class Query {

  private Query() {}

  /** The entity of the routes below {@code /resources}. */
  static EntityRef entityRef(Map<?, ?> body) {
    Object given = body.get("entityRef");
    if (given == null || given.equals("") || given.equals(false) || isZero(given)) {
      throw RestError.input(
          "entity is a required field: set entityRef to kind:namespace/name or kind:name, as in"
              + " component:default/order-service");
    }
    if (!(given instanceof String text)) {
      throw RestError.input(
          "entity query must be a string: entityRef is kind:namespace/name or kind:name, as in"
              + " component:default/order-service");
    }
    try {
      return EntityRef.parse(text);
    } catch (IllegalArgumentException e) {
      throw RestError.input(
          "Invalid entity ref, "
              + Shortened.quoted(text)
              + "; kind:namespace/name or kind:name is expected, as in"
              + " component:default/order-service");
    }
  }

  /** The kind of entities that is asked for, {@code Component} if the query names none. */
  static String kind(RestRequest request) {
    for (String part : request.query().split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (name.equals("kind")) {
        return decoded(part.substring(equals < 0 ? part.length() : equals + 1));
      }
    }
    return "Component";
  }

  private static String decoded(String value) {
    try {
      String kind = URLDecoder.decode(value, StandardCharsets.UTF_8);
      if (!kind.isBlank()) {
        return kind;
      }
    } catch (IllegalArgumentException e) {
      // As for an empty one.
    }
    throw RestError.input(
        "kind is "
            + Shortened.quoted(value)
            + "; a kind of the catalog is expected, as in"
            + " ?kind=Component");
  }

  private static boolean isZero(Object given) {
    return given instanceof Number number && number.doubleValue() == 0;
  }

  /** The entity of {@code /services}, which is only used to look itself up. */
  static EntityRef serviceEntity(Map<?, ?> body) {
    Object given = body.get("entity");
    if (given == null) {
      throw RestError.input("entity is a required field: send the entity to look up");
    }
    if (!(given instanceof Map<?, ?> entity)) {
      throw RestError.input("entity is no object: send the entity to look up");
    }
    Object kind = entity.get("kind");
    Map<?, ?> metadata = entity.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    Object namespace = metadata.get("namespace");
    Object name = metadata.get("name");
    if (namespace == null || namespace.equals("")) {
      namespace = EntityRef.DEFAULT_NAMESPACE;
    }
    if (kind instanceof String kindText
        && namespace instanceof String namespaceText
        && name instanceof String nameText) {
      try {
        return new EntityRef(kindText, namespaceText, nameText);
      } catch (IllegalArgumentException e) {
        throw malformed();
      }
    }
    throw malformed();
  }

  private static RestError malformed() {
    return RestError.notAllowed("Invalid entity reference");
  }

  /** The types of {@code /resources/custom/query}, each as often as it is named. */
  static List<ResourceType> customResources(Map<?, ?> body) {
    Object given = body.get("customResources");
    if (given == null || given.equals("") || given.equals(false) || isZero(given)) {
      throw RestError.input("customResources is a required field");
    }
    if (!(given instanceof List<?> entries)) {
      throw RestError.input("customResources must be an array");
    }
    if (entries.isEmpty()) {
      throw RestError.input("at least 1 customResource is required");
    }
    List<ResourceType> types = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      types.add(type(entries.get(i), "customResources[" + i + "]"));
    }
    return types;
  }

  private static ResourceType type(@Nullable Object entry, String key) {
    if (!(entry instanceof Map<?, ?> fields)) {
      throw RestError.input(
          key + " is no object; one with group, apiVersion and plural is expected");
    }
    String group = text(fields, "group", key, "'' for the core group, or such as 'apps'");
    String version = text(fields, "apiVersion", key, "such as 'v1'");
    String plural = text(fields, "plural", key, "such as 'deployments'");
    try {
      return ResourceType.custom(group, version, plural);
    } catch (IllegalArgumentException e) {
      throw RestError.input(key + ": " + e.getMessage());
    }
  }

  private static String text(Map<?, ?> fields, String name, String key, String wanted) {
    Object value = fields.get(name);
    if (value instanceof String text) {
      return text;
    }
    throw RestError.input(
        key + "." + name + (value == null ? " is missing" : " is no text") + "; it is " + wanted);
  }

  /** The caller's tokens for the clusters. */
  static RequestAuth auth(Map<?, ?> body) {
    Object given = body.get("auth");
    if (given == null) {
      return RequestAuth.none();
    }
    if (!(given instanceof Map<?, ?> map)) {
      throw RestError.input(
          "auth is no object; one with a token for each auth provider is expected, such as"
              + " { \"google\": \"…\" }");
    }
    try {
      @SuppressWarnings("unchecked")
      Map<String, ?> tokens = (Map<String, ?>) map;
      return RequestAuth.of(tokens);
    } catch (IllegalArgumentException e) {
      throw RestError.input(String.valueOf(e.getMessage()));
    }
  }
}
