package dev.followspot.core.http;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.RequestContext;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One GET of an API server.
 *
 * @param cluster the cluster, whose URL's path goes before {@code path}
 * @param credentials where the credential comes from
 * @param path the percent-encoded path, from {@code /api} or {@code /apis} on
 * @param query the percent-encoded query without the question mark; empty for none
 * @param context who asks, until when
 * @param reader makes what reads the body of an answer with a status from 200 to 299, one for each
 *     try; null if the body is wanted in one piece
 */
public record ApiRequest(
    Cluster cluster,
    CredentialSource credentials,
    String path,
    String query,
    RequestContext context,
    @Nullable Supplier<? extends BodyReader> reader) {

  /** Checks the components. */
  public ApiRequest {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(context, "context");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("the path '" + path + "' does not start with /");
    }
  }

  /**
   * A GET whose body is wanted in one piece.
   *
   * @param cluster the cluster, whose URL's path goes before {@code path}
   * @param credentials where the credential comes from
   * @param path the percent-encoded path, from {@code /api} or {@code /apis} on
   * @param query the percent-encoded query without the question mark; empty for none
   * @param context who asks, until when
   */
  public ApiRequest(
      Cluster cluster,
      CredentialSource credentials,
      String path,
      String query,
      RequestContext context) {
    this(cluster, credentials, path, query, context, null);
  }

  /**
   * The whole path: that of the cluster's URL without a slash at its end, and {@link #path()}.
   *
   * @return a percent-encoded path that starts with one slash
   */
  public String fullPath() {
    return Origin.fullPath(cluster, path);
  }
}
