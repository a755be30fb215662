package dev.followspot.spi;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster: where its API server is, how to trust it, and how to authenticate.
 * Immutable; {@link #toString()} shows no secret.
 *
 * <pre>{@code
 * Cluster dev = Cluster.named("dev").url("https://dev.example.com").caFile(ca)
 *     .authProvider("serviceAccount").serviceAccountToken(Secret.of(token)).build();
 * }</pre>
 */
public final class Cluster {

  /** The key of {@link #authMetadata()} that names the auth provider, as in Backstage. */
  public static final String AUTH_PROVIDER = "kubernetes.io/auth-provider";

  private static final int MAX_PORT = 65_535;

  private final String name;
  private final URI url;
  private final String authProvider;
  private final @Nullable String title;
  private final Map<String, String> authMetadata;
  private final @Nullable Secret serviceAccountToken;
  private final @Nullable Path serviceAccountTokenFile;
  private final @Nullable String oidcTokenProvider;
  private final ClusterTls tls;
  private final @Nullable URI proxyUrl;
  private final boolean publicAddressesOnly;
  private final boolean skipMetricsLookup;
  private final @Nullable List<ResourceType> customResources;
  private final @Nullable List<String> objectTypes;
  private final Map<String, String> apiVersionOverrides;
  private final Dashboard dashboard;
  private final String origin;
  private final @Nullable EntityRef catalogEntity;

  private Cluster(Builder builder) {
    name = builder.name;
    url = checked(builder.name, builder.url);
    authProvider = checkedProvider(builder);
    title = builder.title;
    authMetadata = Map.copyOf(builder.authMetadata);
    serviceAccountToken = builder.serviceAccountToken;
    serviceAccountTokenFile = builder.serviceAccountTokenFile;
    oidcTokenProvider = builder.oidcTokenProvider;
    tls = builder.tls;
    proxyUrl = checkedProxy(builder);
    publicAddressesOnly = builder.publicAddressesOnly;
    skipMetricsLookup = builder.skipMetricsLookup;
    customResources = builder.customResources;
    objectTypes = builder.objectTypes;
    apiVersionOverrides = Map.copyOf(builder.apiVersionOverrides);
    dashboard = builder.dashboard;
    origin = builder.origin;
    catalogEntity = builder.catalogEntity;
  }

  private static URI checked(String name, @Nullable URI url) {
    String problem = url == null ? "has no url" : problemOf(url);
    if (url == null || problem != null) {
      throw new IllegalArgumentException("cluster '" + name + "' " + problem);
    }
    return url;
  }

  private static @Nullable String problemOf(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return "has the scheme '" + scheme + "' in its url; https or http is expected";
    }
    if (url.getHost() == null) {
      return "has no host in its url; https://host:port is expected";
    }
    if (url.getPort() > MAX_PORT || url.getPort() == 0) {
      return "has the port " + url.getPort() + " in its url; 1 to " + MAX_PORT + " are expected";
    }
    String path = url.getPath() == null ? "" : url.getPath();
    if (("/" + path + "/").contains("/../") || ("/" + path + "/").contains("/./")) {
      return "has a dot segment in the path of its url; write the path without it";
    }
    return url.getRawUserInfo() == null
        ? null
        : "has a user name or password in its url; use serviceAccountToken or another credential";
  }

  private static @Nullable URI checkedProxy(Builder builder) {
    URI proxy = builder.proxyUrl;
    // Its text is not shown: it may hold a password.
    if (proxy != null && (proxy.getHost() == null || proxy.getPort() > MAX_PORT)) {
      throw new IllegalArgumentException(
          "cluster '"
              + builder.name
              + "' has a proxyUrl without a host, or with a port that is none;"
              + " http://host:port is expected");
    }
    return proxy;
  }

  private static String checkedProvider(Builder builder) {
    String provider = builder.authMetadata.getOrDefault(AUTH_PROVIDER, builder.authProvider);
    if (provider.isBlank()) {
      throw new IllegalArgumentException("cluster '" + builder.name + "' has no authProvider");
    }
    return provider;
  }

  /**
   * Builds a cluster.
   *
   * @param name its name; not blank
   * @return a builder
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /**
   * A builder that starts from this cluster.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Its name, unique in one engine.
   *
   * @return never blank
   */
  public String name() {
    return name;
  }

  /**
   * The URL of its API server, whose path may be that of a gateway.
   *
   * @return http or https, with a host, without user information
   */
  public URI url() {
    return url;
  }

  /**
   * The name of the {@link AuthStrategy}.
   *
   * @return never blank
   */
  public String authProvider() {
    return authProvider;
  }

  /**
   * What people call it.
   *
   * @return empty if it has no other name than {@link #name()}
   */
  public Optional<String> title() {
    return Optional.ofNullable(title);
  }

  /**
   * What the auth strategy wants to know, as in Backstage's {@code authMetadata}. Never printed.
   *
   * @return possibly empty
   */
  public Map<String, String> authMetadata() {
    return authMetadata;
  }

  /**
   * The configured token.
   *
   * @return empty if there is none
   */
  public Optional<Secret> serviceAccountToken() {
    return Optional.ofNullable(serviceAccountToken);
  }

  /**
   * The file that holds the token; read again when it changes.
   *
   * @return empty if there is none
   */
  public Optional<Path> serviceAccountTokenFile() {
    return Optional.ofNullable(serviceAccountTokenFile);
  }

  /**
   * Which of the request's {@code auth.oidc} tokens is for this cluster.
   *
   * @return empty if there is none
   */
  public Optional<String> oidcTokenProvider() {
    return Optional.ofNullable(oidcTokenProvider);
  }

  /**
   * How its API server is trusted.
   *
   * @return never null
   */
  public ClusterTls tls() {
    return tls;
  }

  /**
   * The HTTP proxy on the way to it.
   *
   * @return empty if there is none
   */
  public Optional<URI> proxyUrl() {
    return Optional.ofNullable(proxyUrl);
  }

  /**
   * Whether only public addresses may be connected to. That is how a URL that comes from somebody
   * who may not reach into the network is used without risk: the addresses of its host are checked
   * each time a connection is opened, and it is opened to an address that was checked, so that a
   * name cannot lead elsewhere by changing its answer. Through a proxy, which looks names up
   * itself, only a URL whose host is a public address is asked.
   *
   * @return false unless set: private addresses, and those of this machine, are fine
   */
  public boolean publicAddressesOnly() {
    return publicAddressesOnly;
  }

  /**
   * Whether pod metrics are not asked for.
   *
   * @return false unless configured
   */
  public boolean skipMetricsLookup() {
    return skipMetricsLookup;
  }

  /**
   * Its own custom resources, which replace the global ones even if there are none.
   *
   * @return empty if the global ones count
   */
  public Optional<List<ResourceType>> customResources() {
    return Optional.ofNullable(customResources);
  }

  /**
   * Its own object types, by Backstage's names, which replace the global ones.
   *
   * @return empty if the global ones count
   */
  public Optional<List<String>> objectTypes() {
    return Optional.ofNullable(objectTypes);
  }

  /**
   * Its own API versions by object type, which win over the global ones.
   *
   * @return possibly empty
   */
  public Map<String, String> apiVersionOverrides() {
    return apiVersionOverrides;
  }

  /**
   * Where Backstage's frontend links to.
   *
   * @return never null
   */
  public Dashboard dashboard() {
    return dashboard;
  }

  /**
   * Where it was configured, for messages.
   *
   * @return a file and line, a catalog entity, or the like
   */
  public String origin() {
    return origin;
  }

  /**
   * The entity of the catalog that describes it, to which others have relations.
   *
   * @return empty if it does not come from a catalog
   */
  public Optional<EntityRef> catalogEntity() {
    return Optional.ofNullable(catalogEntity);
  }

  @Override
  public String toString() {
    return "Cluster[" + name + ", " + url + ", " + authProvider + ", from " + origin + "]";
  }

  /** Builds a {@link Cluster}. Not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private @Nullable URI url;
    private String authProvider = "";
    private @Nullable String title;
    private Map<String, String> authMetadata = Map.of();
    private @Nullable Secret serviceAccountToken;
    private @Nullable Path serviceAccountTokenFile;
    private @Nullable String oidcTokenProvider;
    private ClusterTls tls = ClusterTls.DEFAULT;
    private @Nullable URI proxyUrl;
    private boolean publicAddressesOnly;
    private boolean skipMetricsLookup;
    private @Nullable List<ResourceType> customResources;
    private @Nullable List<String> objectTypes;
    private Map<String, String> apiVersionOverrides = Map.of();
    private Dashboard dashboard = Dashboard.NONE;
    private String origin = "the application";
    private @Nullable EntityRef catalogEntity;

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
      if (name.isBlank()) {
        throw new IllegalArgumentException("the name of a cluster is blank");
      }
    }

    private Builder(Cluster cluster) {
      name = cluster.name;
      url = cluster.url;
      authProvider = cluster.authProvider;
      title = cluster.title;
      authMetadata = cluster.authMetadata;
      serviceAccountToken = cluster.serviceAccountToken;
      serviceAccountTokenFile = cluster.serviceAccountTokenFile;
      oidcTokenProvider = cluster.oidcTokenProvider;
      tls = cluster.tls;
      proxyUrl = cluster.proxyUrl;
      publicAddressesOnly = cluster.publicAddressesOnly;
      skipMetricsLookup = cluster.skipMetricsLookup;
      customResources = cluster.customResources;
      objectTypes = cluster.objectTypes;
      apiVersionOverrides = cluster.apiVersionOverrides;
      dashboard = cluster.dashboard;
      origin = cluster.origin;
      catalogEntity = cluster.catalogEntity;
    }

    /**
     * Sets {@link Cluster#url()}.
     *
     * @param value http or https
     * @return this builder
     */
    public Builder url(URI value) {
      url = value;
      return this;
    }

    /**
     * Sets {@link Cluster#url()}.
     *
     * @param value http or https
     * @return this builder
     */
    public Builder url(String value) {
      url = URI.create(value);
      return this;
    }

    /**
     * Sets {@link Cluster#authProvider()}.
     *
     * @param value the strategy's name
     * @return this builder
     */
    public Builder authProvider(String value) {
      authProvider = value;
      return this;
    }

    /**
     * Sets {@link Cluster#title()}.
     *
     * @param value the title, or null
     * @return this builder
     */
    public Builder title(@Nullable String value) {
      title = value;
      return this;
    }

    /**
     * Sets {@link Cluster#authMetadata()}; its auth provider wins over {@link #authProvider}.
     *
     * @param value copied
     * @return this builder
     */
    public Builder authMetadata(Map<String, String> value) {
      authMetadata = new LinkedHashMap<>(value);
      return this;
    }

    /**
     * Sets {@link Cluster#serviceAccountToken()}.
     *
     * @param value the token, or null
     * @return this builder
     */
    public Builder serviceAccountToken(@Nullable Secret value) {
      serviceAccountToken = value;
      return this;
    }

    /**
     * Sets {@link Cluster#serviceAccountTokenFile()}.
     *
     * @param value the file, or null
     * @return this builder
     */
    public Builder serviceAccountTokenFile(@Nullable Path value) {
      serviceAccountTokenFile = value;
      return this;
    }

    /**
     * Sets {@link Cluster#oidcTokenProvider()}.
     *
     * @param value the provider's name, or null
     * @return this builder
     */
    public Builder oidcTokenProvider(@Nullable String value) {
      oidcTokenProvider = value;
      return this;
    }

    /**
     * Sets {@link Cluster#tls()}.
     *
     * @param value how the API server is trusted
     * @return this builder
     */
    public Builder tls(ClusterTls value) {
      tls = Objects.requireNonNull(value, "tls");
      return this;
    }

    /**
     * Trusts the authorities of a PEM file.
     *
     * @param value the file
     * @return this builder
     */
    public Builder caFile(Path value) {
      tls = tls.withAuthorities(null, value);
      return this;
    }

    /**
     * Trusts some authorities.
     *
     * @param value PEM or base64 of PEM
     * @return this builder
     */
    public Builder caData(String value) {
      tls = tls.withAuthorities(value, null);
      return this;
    }

    /**
     * Accepts any certificate of the server, or not.
     *
     * @param value true to accept any
     * @return this builder
     */
    public Builder skipTlsVerify(boolean value) {
      tls = tls.withSkipVerify(value);
      return this;
    }

    /**
     * Sets {@link Cluster#proxyUrl()}.
     *
     * @param value the proxy, or null
     * @return this builder
     */
    public Builder proxyUrl(@Nullable URI value) {
      proxyUrl = value;
      return this;
    }

    /**
     * Sets {@link Cluster#publicAddressesOnly()}.
     *
     * @param value true to connect to public addresses only
     * @return this builder
     */
    public Builder publicAddressesOnly(boolean value) {
      publicAddressesOnly = value;
      return this;
    }

    /**
     * Sets {@link Cluster#skipMetricsLookup()}.
     *
     * @param value true to ask for no metrics
     * @return this builder
     */
    public Builder skipMetricsLookup(boolean value) {
      skipMetricsLookup = value;
      return this;
    }

    /**
     * Sets {@link Cluster#customResources()}.
     *
     * @param value copied; null for the global ones
     * @return this builder
     */
    public Builder customResources(@Nullable List<ResourceType> value) {
      customResources = value == null ? null : List.copyOf(value);
      return this;
    }

    /**
     * Sets {@link Cluster#objectTypes()}.
     *
     * @param value copied; null for the global ones
     * @return this builder
     */
    public Builder objectTypes(@Nullable List<String> value) {
      objectTypes = value == null ? null : List.copyOf(value);
      return this;
    }

    /**
     * Sets {@link Cluster#apiVersionOverrides()}.
     *
     * @param value copied
     * @return this builder
     */
    public Builder apiVersionOverrides(Map<String, String> value) {
      apiVersionOverrides = new LinkedHashMap<>(value);
      return this;
    }

    /**
     * Sets {@link Cluster#dashboard()}.
     *
     * @param value the dashboard
     * @return this builder
     */
    public Builder dashboard(Dashboard value) {
      dashboard = Objects.requireNonNull(value, "dashboard");
      return this;
    }

    /**
     * Sets {@link Cluster#origin()}.
     *
     * @param value where it was configured
     * @return this builder
     */
    public Builder origin(String value) {
      origin = Objects.requireNonNull(value, "origin");
      return this;
    }

    /**
     * Sets {@link Cluster#catalogEntity()}.
     *
     * @param value the entity, or null
     * @return this builder
     */
    public Builder catalogEntity(@Nullable EntityRef value) {
      catalogEntity = value;
      return this;
    }

    /**
     * The cluster.
     *
     * @return the cluster
     * @throws IllegalArgumentException if it has no URL, one that is not http or https, one with a
     *     password, or no auth provider
     */
    public Cluster build() {
      return new Cluster(this);
    }
  }
}
