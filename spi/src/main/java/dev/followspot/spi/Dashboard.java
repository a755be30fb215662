package dev.followspot.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where Backstage's frontend links to for a cluster.
 *
 * @param url the dashboard's address, or null
 * @param app the kind of dashboard, such as {@code standard} or {@code gke}, or null
 * @param parameters what else the links need, possibly empty
 */
public record Dashboard(
    @Nullable String url, @Nullable String app, Map<String, Object> parameters) {

  /** No dashboard. */
  public static final Dashboard NONE = new Dashboard(null, null, Map.of());

  /** Copies the parameters. */
  public Dashboard {
    parameters = Json.object(parameters);
  }
}
