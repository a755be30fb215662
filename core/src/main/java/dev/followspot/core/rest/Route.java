package dev.followspot.core.rest;

import dev.followspot.spi.Permission;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The routes: those of Backstage, and below {@code /followspot} those that only Followspot has.
 * Paths are compared as they came, without regard to case, as Express does.
 */
enum Route {
  WORKLOADS("POST", "/resources/workloads/query/?", Permission.RESOURCES_READ),
  CUSTOM("POST", "/resources/custom/query/?", Permission.RESOURCES_READ),
  SERVICES("POST", "/services/[^/]+/?", Permission.RESOURCES_READ),
  CLUSTERS("GET", "/clusters/?", Permission.CLUSTERS_READ),
  ENTITIES("GET", "/followspot/entities/?", Permission.RESOURCES_READ),
  LOOKUP("POST", "/followspot/lookup/?", Permission.RESOURCES_READ),
  PROXY("", "/proxy(?:/.*)?", Permission.PROXY);

  private final String method;
  private final Pattern path;
  private final Permission permission;

  Route(String method, String path, Permission permission) {
    this.method = method;
    this.path = Pattern.compile("(?i)" + path);
    this.permission = permission;
  }

  Permission permission() {
    return permission;
  }

  /** Whether its requests have a body that is JSON. */
  boolean takesJson() {
    return method.equals("POST");
  }

  /** The route of a request; null if there is none. */
  static @Nullable Route of(RestRequest request) {
    for (Route route : values()) {
      if (route.takes(request.method()) && route.path.matcher(request.path()).matches()) {
        return route;
      }
    }
    return null;
  }

  private boolean takes(String asked) {
    return method.isEmpty()
        || method.equals(asked)
        || (method.equals("GET") && asked.equals("HEAD"));
  }
}
