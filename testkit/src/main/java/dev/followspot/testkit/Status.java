package dev.followspot.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures, in the words of the API server. */
final class Status {

  private static final String NO_SNIFF = "X-Content-Type-Options";

  private Status() {}

  static Answer of(int code, String reason, String message) {
    return of(code, reason, message, null);
  }

  private static Answer of(
      int code, String reason, String message, @Nullable Map<String, ?> details) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("metadata", Map.of());
    status.put("status", "Failure");
    status.put("message", message);
    status.put("reason", reason);
    if (details != null) {
      status.put("details", details);
    }
    status.put("code", code);
    return Answer.json(code, status);
  }

  static Answer unauthorized() {
    return of(401, "Unauthorized", "Unauthorized");
  }

  static Answer noSuchResource() {
    return of(404, "NotFound", "the server could not find the requested resource", Map.of());
  }

  static Answer forbiddenPath(String user, String path) {
    return of(
            403,
            "Forbidden",
            "forbidden: User \"" + user + "\" cannot get path \"" + path + "\"",
            Map.of())
        .withHeader(NO_SNIFF, "nosniff");
  }

  static Answer forbidden(String user, ApiPath path) {
    String qualified = path.qualifiedName();
    String named = path.name() == null ? "" : " \"" + path.name() + "\"";
    String message =
        "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(
                qualified,
                named,
                user,
                path.name() == null ? "list" : "get",
                path.subresource() == null
                    ? path.plural()
                    : path.plural() + "/" + path.subresource(),
                path.group(),
                path.namespace() == null
                    ? "at the cluster scope"
                    : "in the namespace \"" + path.namespace() + "\"");
    return of(403, "Forbidden", message, details(path)).withHeader(NO_SNIFF, "nosniff");
  }

  static Answer notFound(ApiPath path) {
    return of(
        404,
        "NotFound",
        path.qualifiedName() + " \"" + path.name() + "\" not found",
        details(path));
  }

  private static Map<String, ?> details(ApiPath path) {
    Map<String, Object> details = new LinkedHashMap<>();
    if (path.name() != null) {
      details.put("name", path.name());
    }
    if (!path.group().isEmpty()) {
      details.put("group", path.group());
    }
    details.put("kind", path.plural());
    return details;
  }
}
