package dev.followspot.testkit;

import dev.followspot.spi.ResourceType;
import dev.followspot.spi.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that the mock API server was sent. {@link #toString()} shows no token.
 *
 * @param method the HTTP method
 * @param path the path as it was sent, percent-encoded, without the query
 * @param query the query parameters, decoded
 * @param namespace the namespace in the path; null if there is none
 * @param type the type that was asked for; null for paths such as {@code /version} and for types
 *     that the mock does not serve
 * @param name the name of the one object that was asked for; null for lists
 * @param token the bearer token; null if none was sent
 * @param user the name of the token's owner; null if it has none
 * @param status the status that was answered; 0 if a fault kept the answer back
 * @param protocol {@code HTTP/2.0} or {@code HTTP/1.1}
 */
public record MockRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    @Nullable String namespace,
    @Nullable ResourceType type,
    @Nullable String name,
    @Nullable Secret token,
    @Nullable String user,
    int status,
    String protocol) {

  /** Checks the components and copies the map. */
  public MockRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(protocol, "protocol");
    Map<String, List<String>> copy = new LinkedHashMap<>();
    query.forEach((key, values) -> copy.put(key, List.copyOf(values)));
    query = Collections.unmodifiableMap(copy);
  }

  /**
   * Whether it asks for objects beyond a single namespace, which takes a ClusterRole: a list of all
   * namespaces' pods, of the nodes, or of the namespaces themselves.
   *
   * @return true if it asks for objects and names no namespace
   */
  public boolean isClusterWide() {
    return namespace == null
        && (path.startsWith("/api/") || path.startsWith("/apis/"))
        && isObjects();
  }

  private boolean isObjects() {
    return ApiPath.parse(path) != null;
  }

  /**
   * The first value of a query parameter.
   *
   * @param parameter its name, such as {@code labelSelector}
   * @return the value; null if it was not sent
   */
  public @Nullable String query(String parameter) {
    List<String> values = query.get(parameter);
    return values == null ? null : values.get(0);
  }

  /** The request and its answer on one line. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(method).append(' ').append(path);
    char separator = '?';
    for (Map.Entry<String, List<String>> each : query.entrySet()) {
      for (String value : each.getValue()) {
        line.append(separator).append(each.getKey()).append('=').append(value);
        separator = '&';
      }
    }
    return line.append(" as ")
        .append(user == null ? "somebody unknown" : user)
        .append(": ")
        .append(status == 0 ? "no answer" : status)
        .toString();
  }
}
