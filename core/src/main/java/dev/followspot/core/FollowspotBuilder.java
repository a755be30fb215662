package dev.followspot.core;

import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.config.Configuration;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ExtensionFactory;
import dev.followspot.spi.KubernetesFetcherFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Followspot}. What is given here wins over what is discovered. Not safe for use by
 * several threads.
 *
 * <pre>{@code
 * Followspot followspot =
 *     Followspot.builder()
 *         .cluster(Cluster.named("dev").url("https://dev.example.com").caFile(ca)
 *             .authProvider("serviceAccount").serviceAccountToken(Secret.of(token)))
 *         .fetcher(new MultiNamespaceFetcherFactory())
 *         .discovery(false)
 *         .build();
 * }</pre>
 */
public final class FollowspotBuilder {

  private Configuration configuration = Configuration.empty();
  private final List<Cluster> clusters = new ArrayList<>();
  private final List<ExtensionFactory> extensions = new ArrayList<>();
  private @Nullable List<ClassLoader> classLoaders;
  private @Nullable Boolean discovery;
  private @Nullable Path pluginsDirectory;
  private Clock clock = Clock.systemUTC();
  private @Nullable EntityCatalog catalog;

  FollowspotBuilder() {}

  /**
   * Sets the configuration; without one, everything has its default.
   *
   * @param value the configuration
   * @return this builder
   */
  public FollowspotBuilder configuration(Configuration value) {
    configuration = Objects.requireNonNull(value, "configuration");
    return this;
  }

  /**
   * Adds a cluster, before those of the configuration.
   *
   * @param value the cluster
   * @return this builder
   */
  public FollowspotBuilder cluster(Cluster value) {
    clusters.add(Objects.requireNonNull(value, "cluster"));
    return this;
  }

  /**
   * Adds a cluster, before those of the configuration.
   *
   * @param value builds the cluster
   * @return this builder
   * @throws IllegalArgumentException if the cluster is not complete
   */
  public FollowspotBuilder cluster(Cluster.Builder value) {
    return cluster(value.build());
  }

  /**
   * Adds clusters, before those of the configuration.
   *
   * @param values the clusters
   * @return this builder
   */
  public FollowspotBuilder clusters(List<Cluster> values) {
    values.forEach(this::cluster);
    return this;
  }

  /**
   * Adds a fetcher extension; the same as {@link #extension}.
   *
   * @param factory the extension
   * @return this builder
   */
  public FollowspotBuilder fetcher(KubernetesFetcherFactory factory) {
    return extension(factory);
  }

  /**
   * Adds an extension of any kind. It beats a discovered one of the same kind and name.
   *
   * @param factory the extension
   * @return this builder
   */
  public FollowspotBuilder extension(ExtensionFactory factory) {
    extensions.add(Objects.requireNonNull(factory, "factory"));
    return this;
  }

  /**
   * Whether extensions are looked for on the class path and in the plugins directory.
   *
   * @param value true to look for them, which is the default
   * @return this builder
   */
  public FollowspotBuilder discovery(boolean value) {
    discovery = value;
    return this;
  }

  /**
   * Which class loaders are searched for extensions, instead of the thread's context class loader
   * and Followspot's own.
   *
   * @param values the class loaders
   * @return this builder
   */
  public FollowspotBuilder classLoaders(ClassLoader... values) {
    classLoaders = List.of(values);
    return this;
  }

  /**
   * A folder of plugin jars, which get a class loader of their own.
   *
   * @param value the folder
   * @return this builder
   */
  public FollowspotBuilder pluginsDirectory(Path value) {
    pluginsDirectory = Objects.requireNonNull(value, "pluginsDirectory");
    return this;
  }

  /**
   * The clock that tells when credentials expire.
   *
   * @param value the clock; by default the system's
   * @return this builder
   */
  public FollowspotBuilder clock(Clock value) {
    clock = Objects.requireNonNull(value, "clock");
    return this;
  }

  /**
   * The catalog whose entities the HTTP routes look up, and in which the {@code catalog} cluster
   * locator finds clusters. Look-ups of an {@link dev.followspot.spi.Entity} that the application
   * has need none.
   *
   * @param value the catalog; closing it is the application's business
   * @return this builder
   */
  public FollowspotBuilder catalog(EntityCatalog value) {
    catalog = Objects.requireNonNull(value, "catalog");
    return this;
  }

  /**
   * Starts. No cluster is asked yet.
   *
   * @return the engine, to be closed
   * @throws dev.followspot.spi.ConfigurationException with every mistake of the configuration, and
   *     if an extension that it names is missing or broken
   */
  public Followspot build() {
    return new Followspot(Engine.start(this));
  }

  Configuration configuration() {
    return configuration;
  }

  List<Cluster> clusters() {
    return clusters;
  }

  List<ExtensionFactory> extensions() {
    return extensions;
  }

  @Nullable List<ClassLoader> classLoaders() {
    return classLoaders;
  }

  @Nullable Boolean discovery() {
    return discovery;
  }

  @Nullable Path pluginsDirectory() {
    return pluginsDirectory;
  }

  Clock clock() {
    return clock;
  }

  @Nullable EntityCatalog catalog() {
    return catalog;
  }
}
