package dev.followspot.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Backstage's frontend links to for a cluster.
 *
 * @param url the dashboard's address, or null
 * @param app the kind of dashboard, such as {@code standard} or {@code gke}, or null
 * @param parameters what else the links need, or null; Backstage tells none from an empty object
 */
public record Dashboard(
    @Nullable String url, @Nullable String app, @Nullable Map<String, Object> parameters) {

  /** No dashboard. */
  public static final Dashboard NONE = new Dashboard(null, null, null);

  /** Copies the parameters. */
  public Dashboard {
    parameters = parameters == null ? null : Json.object(parameters);
  }
}
