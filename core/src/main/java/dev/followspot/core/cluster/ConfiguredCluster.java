package dev.followspot.core.cluster;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.customresource.CustomResourceConfig;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterTls;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Dashboard;
import dev.followspot.spi.ResourceType;
import dev.followspot.spi.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one cluster of the configuration. Used once, by one thread. */
final class ConfiguredCluster {

  private static final String OIDC_TOKEN_PROVIDER = "kubernetes.io/oidc-token-provider";

  /** Keys that Backstage has beside {@code authMetadata}, and what they are called in it. */
  private static final Map<String, String> METADATA_KEYS =
      Map.of(
          "assumeRole", "kubernetes.io/aws-assume-role",
          "externalId", "kubernetes.io/aws-external-id");

  private final ConfigSection section;
  private final ConfigProblems problems = new ConfigProblems();

  private ConfiguredCluster(ConfigSection section) {
    this.section = section;
  }

  /** The cluster; a ConfigurationException has all of its mistakes. */
  static Cluster read(ConfigSection section) {
    return new ConfiguredCluster(section).cluster();
  }

  /** The name, if it can be read; whether it is missing is found elsewhere. */
  static Optional<String> nameOf(ConfigSection section) {
    try {
      return section.optionalString("name");
    } catch (ConfigurationException e) {
      return Optional.empty();
    }
  }

  private Cluster cluster() {
    String name = problems.read(this::name);
    URI url = problems.read(this::url);
    Map<String, String> metadata = metadata();
    String provider = problems.read(() -> provider(metadata));
    Optional<String> oidc =
        value(() -> section.optionalString("oidcTokenProvider"), Optional.empty());
    if ("oidc".equals(provider) && oidc.isEmpty() && !metadata.containsKey(OIDC_TOKEN_PROVIDER)) {
      problems.add(
          section.problem(
              "oidcTokenProvider",
              "is missing; authProvider oidc needs the name of the provider, such as okta"));
    }
    Cluster.Builder cluster =
        Cluster.named(name == null ? "?" : name)
            .url(url == null ? URI.create("https://invalid") : url)
            .authProvider(provider == null ? "?" : provider)
            .authMetadata(metadata)
            .oidcTokenProvider(
                metadata.containsKey(OIDC_TOKEN_PROVIDER)
                    ? metadata.get(OIDC_TOKEN_PROVIDER)
                    : oidc.orElse(null))
            .origin(section.location().isEmpty() ? section.path() : section.location());
    texts(cluster, metadata.get("serviceAccountToken"));
    cluster.tls(tls());
    types(cluster);
    problems.throwIfAny();
    try {
      return cluster.build();
    } catch (IllegalArgumentException e) {
      throw section.problem("url", String.valueOf(e.getMessage()));
    }
  }

  private String name() {
    String name = section.string("name");
    if (name.isBlank()) {
      throw section.problem("name", "is blank");
    }
    return name;
  }

  private URI url() {
    URI url = section.uri("url");
    if (url.getUserInfo() != null) {
      throw section.problem(
          "url",
          "has a user name or password in it; use serviceAccountToken or another credential");
    }
    return url;
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata =
        new LinkedHashMap<>(value(() -> section.stringMap("authMetadata"), Map.of()));
    METADATA_KEYS.forEach(
        (key, name) -> {
          String text = optional(() -> section.optionalString(key));
          if (text != null) {
            metadata.putIfAbsent(name, text);
          }
        });
    return metadata;
  }

  private String provider(Map<String, String> metadata) {
    String annotated = metadata.get(Cluster.AUTH_PROVIDER);
    Optional<String> key = section.optionalString("authProvider");
    if (annotated != null && !annotated.isBlank()) {
      return annotated;
    }
    String provider = key.orElseGet(() -> section.string("authProvider"));
    if (provider.isBlank()) {
      throw section.problem("authProvider", "is blank");
    }
    return provider;
  }

  private void texts(Cluster.Builder cluster, @Nullable String annotatedToken) {
    cluster.title(optional(() -> section.optionalString("title")));
    Secret token =
        optional(() -> section.optionalSecret("serviceAccountToken").filter(t -> !t.isBlank()));
    cluster.serviceAccountToken(annotatedToken == null ? token : Secret.of(annotatedToken.strip()));
    cluster.serviceAccountTokenFile(
        optional(() -> section.optionalPath("serviceAccountTokenFile")));
    cluster.proxyUrl(optional(() -> section.optionalUri("proxyUrl")));
    cluster.skipMetricsLookup(
        value(() -> section.optionalBoolean("skipMetricsLookup").orElse(false), false));
    String dashboardUrl = optional(() -> section.optionalString("dashboardUrl"));
    String dashboardApp = optional(() -> section.optionalString("dashboardApp"));
    cluster.dashboard(new Dashboard(dashboardUrl, dashboardApp, dashboardParameters()));
  }

  private @Nullable Map<String, Object> dashboardParameters() {
    Object raw = section.raw("dashboardParameters").orElse(null);
    if (raw == null) {
      return null;
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (raw instanceof Map<?, ?> map) {
      map.forEach((key, value) -> parameters.put((String) key, value));
    } else {
      problems.add(section.problem("dashboardParameters", "is no object"));
    }
    return parameters;
  }

  private ClusterTls tls() {
    boolean anyone = value(() -> section.optionalBoolean("skipTLSVerify").orElse(false), false);
    ClusterTls tls =
        new ClusterTls(
            anyone,
            optional(
                () ->
                    section
                        .optionalString("caData")
                        .map(data -> anyone ? data : pem("caData", data))),
            optional(() -> file("caFile")),
            optional(() -> section.optionalString("tlsServerName")),
            optional(() -> section.optionalSecret("clientCertificateData").map(this::certificate)),
            optional(() -> file("clientCertificateFile")),
            optional(() -> section.optionalSecret("clientKeyData").map(this::key)),
            optional(() -> file("clientKeyFile")));
    Set<String> keys = section.keys();
    boolean certificate =
        keys.contains("clientCertificateData") || keys.contains("clientCertificateFile");
    if (certificate != (keys.contains("clientKeyData") || keys.contains("clientKeyFile"))) {
      problems.add(
          section.problem(
              certificate ? "clientKeyFile" : "clientCertificateFile",
              "is missing; a client certificate and its key belong together"));
    }
    return tls;
  }

  private Optional<Path> file(String key) {
    Optional<Path> file = section.optionalPath(key);
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw section.problem(
          key,
          "is '"
              + file.get()
              + (Files.exists(file.get()) ? "', which cannot be read" : "', which does not exist"));
    }
    return file;
  }

  private Secret certificate(Secret data) {
    pem("clientCertificateData", data.reveal());
    return data;
  }

  private Secret key(Secret data) {
    pem("clientKeyData", data.reveal());
    return data;
  }

  private String pem(String key, String data) {
    if (!isPem(data)) {
      throw section.problem(
          key, "is neither PEM (-----BEGIN …) nor base64 of PEM; its value is not shown");
    }
    return data;
  }

  /** PEM, or base64 of PEM as kubeconfigs have it. */
  static boolean isPem(String data) {
    if (data.contains("-----BEGIN ")) {
      return true;
    }
    try {
      byte[] decoded = Base64.getMimeDecoder().decode(data);
      return new String(decoded, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void types(Cluster.Builder cluster) {
    if (section.keys().contains("customResources")) {
      cluster.customResources(
          value(
              () -> CustomResourceConfig.read(section, "customResources"),
              List.<ResourceType>of()));
    } else {
      section.raw("customResources");
    }
    cluster.objectTypes(optional(() -> section.optionalStrings("objectTypes")));
    Map<String, String> versions =
        value(() -> section.stringMap("apiVersionOverrides"), Map.<String, String>of());
    versions.forEach(
        (type, version) -> {
          try {
            var unused = ResourceType.PODS.withApiVersion(version);
          } catch (IllegalArgumentException e) {
            problems.add(
                section.problem("apiVersionOverrides", "of " + type + ": " + e.getMessage()));
          }
        });
    cluster.apiVersionOverrides(versions);
  }

  private <T> T value(Supplier<T> reader, T otherwise) {
    T value = problems.read(reader);
    return value == null ? otherwise : value;
  }

  private <T> @Nullable T optional(Supplier<Optional<T>> reader) {
    Optional<T> value = problems.read(reader);
    return value == null ? null : value.orElse(null);
  }
}
