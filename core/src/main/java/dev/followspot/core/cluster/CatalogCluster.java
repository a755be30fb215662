package dev.followspot.core.cluster;

import dev.followspot.core.cluster.ApiServerUrl.Refused;
import dev.followspot.core.http.PublicAddresses;
import dev.followspot.core.json.Json;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterTls;
import dev.followspot.spi.Dashboard;
import dev.followspot.spi.Entity;
import dev.followspot.spi.Problem;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that an entity of the catalog describes. Whoever may write entities is not trusted
 * with what this process could reach, so that much is refused.
 */
final class CatalogCluster {

  private static final String PREFIX = "kubernetes.io/";
  private static final String API_SERVER = PREFIX + "api-server";
  private static final String AUTHORITY = PREFIX + "api-server-certificate-authority";
  private static final String SKIP_TLS_VERIFY = PREFIX + "skip-tls-verify";
  private static final String OIDC_TOKEN_PROVIDER = PREFIX + "oidc-token-provider";
  private static final String DASHBOARD_PARAMETERS = PREFIX + "dashboard-parameters";

  private final Entity entity;
  private final AllowedHosts allowed;
  private final boolean skipTlsVerify;
  private final Consumer<Problem> problems;

  /** A cluster, and the name that has to be checked first; null if there is nothing to check. */
  record Draft(Cluster cluster, String origin, @Nullable String name) {}

  /** What the origins of clusters of the catalog start with. */
  static final String ORIGIN = "catalog entity ";

  private CatalogCluster(
      Entity entity, AllowedHosts allowed, boolean skipTlsVerify, Consumer<Problem> problems) {
    this.entity = entity;
    this.allowed = allowed;
    this.skipTlsVerify = skipTlsVerify;
    this.problems = problems;
  }

  static boolean isCluster(Entity entity) {
    return entity.ref().kind().equals("resource")
        && entity.spec().get("type") instanceof String type
        && type.equalsIgnoreCase("kubernetes-cluster");
  }

  /**
   * Reads an entity.
   *
   * @param skipTlsVerify whether its annotation for that counts
   * @param problems is told why it is left out, and what else is odd
   * @return null if it is left out
   */
  static @Nullable Draft read(
      Entity entity, AllowedHosts allowed, boolean skipTlsVerify, Consumer<Problem> problems) {
    return new CatalogCluster(entity, allowed, skipTlsVerify, problems).draft();
  }

  static String origin(Entity entity) {
    return ORIGIN + entity.ref();
  }

  private void leaveOut(String why) {
    problems.accept(leftOut(origin(entity), why));
  }

  static Problem leftOut(String origin, String why) {
    return Problem.warning(origin, "the cluster is left out: " + why);
  }

  private @Nullable Draft draft() {
    List<String> missing =
        Stream.of(API_SERVER, AUTHORITY, Cluster.AUTH_PROVIDER)
            .filter(key -> entity.annotation(key).isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      // Without any of them it only documents a cluster.
      if (missing.size() < 3) {
        leaveOut("annotation " + String.join(" and ", missing) + " is missing");
      }
      return null;
    }
    String provider = entity.annotation(Cluster.AUTH_PROVIDER).orElse("").strip();
    if (provider.equals("serviceAccount")) {
      leaveOut(
          "auth provider serviceAccount is not for clusters of the catalog, since it would give"
              + " the token of this process away; use a clusterLocatorMethod of type config");
      return null;
    }
    try {
      ApiServerUrl url = ApiServerUrl.parse(entity.annotation(API_SERVER).orElse(""));
      boolean free = allowed.allows(url.host());
      String name = free ? null : nameToCheck(url);
      return new Draft(cluster(url, provider, !free), origin(entity), name);
    } catch (Refused e) {
      leaveOut(API_SERVER + " " + e.getMessage());
    } catch (IllegalArgumentException e) {
      leaveOut("" + e.getMessage());
    }
    return null;
  }

  private static @Nullable String nameToCheck(ApiServerUrl url) throws Refused {
    if (!"https".equals(url.uri().getScheme())) {
      throw new Refused("is not https" + cure(url.host()));
    }
    InetAddress literal = PublicAddresses.literal(url.host());
    String reserved = literal == null ? null : PublicAddresses.reserved(literal);
    if (url.host().equals("localhost") || url.host().endsWith(".localhost")) {
      reserved = "a name of this machine";
    }
    if (reserved != null) {
      throw new Refused("leads to " + reserved + cure(url.host()));
    }
    return literal == null ? url.host() : null;
  }

  /**
   * Why the addresses of a name are not fine; null if they are.
   *
   * @param addresses at least one
   */
  static @Nullable String problemOf(String name, List<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      String reserved = PublicAddresses.reserved(address);
      if (reserved != null) {
        return API_SERVER + " leads to " + reserved + cure(name);
      }
    }
    return null;
  }

  /** Why a name that has no addresses is not fine. */
  static String unknown(String name) {
    return API_SERVER + " has a host without an address, '" + name + "'; check its name";
  }

  private static String cure(String host) {
    return "; if that is meant, add '" + host + "' to " + AllowedHosts.KEY;
  }

  private Cluster cluster(ApiServerUrl url, String provider, boolean publicOnly) {
    boolean skip = isTrue(SKIP_TLS_VERIFY);
    if (skip && !skipTlsVerify) {
      problems.accept(
          Problem.warning(
              origin(entity),
              SKIP_TLS_VERIFY
                  + " does not count without dangerouslyAllowSkipTLSVerify of the cluster"
                  + " locator"));
    }
    ClusterTls tls =
        ClusterTls.DEFAULT
            .withAuthorities(entity.annotation(AUTHORITY).orElse(null), null)
            .withSkipVerify(skip && skipTlsVerify);
    return Cluster.named(entity.name())
        .title(entity.title())
        .url(url.uri())
        .publicAddressesOnly(publicOnly)
        .authProvider(provider)
        .authMetadata(metadata(provider))
        .oidcTokenProvider(entity.annotation(OIDC_TOKEN_PROVIDER).orElse(null))
        .tls(tls)
        .skipMetricsLookup(isTrue(PREFIX + "skip-metrics-lookup"))
        .dashboard(
            new Dashboard(
                entity.annotation(PREFIX + "dashboard-url").orElse(null),
                entity.annotation(PREFIX + "dashboard-app").orElse(null),
                parameters()))
        .origin(origin(entity))
        .catalogEntity(entity.ref())
        .build();
  }

  private boolean isTrue(String annotation) {
    return entity.annotation(annotation).filter("true"::equals).isPresent();
  }

  /** What strategies may want to know; never a token, which no entity may choose. */
  private Map<String, String> metadata(String provider) {
    Map<String, String> metadata = new LinkedHashMap<>();
    entity
        .annotations()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX) && !key.equals(AUTHORITY)) {
                metadata.put(key, value);
              }
            });
    metadata.put(Cluster.AUTH_PROVIDER, provider);
    return metadata;
  }

  private @Nullable Map<String, Object> parameters() {
    String json = entity.annotation(DASHBOARD_PARAMETERS).orElse(null);
    if (json == null) {
      return null;
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    try {
      if (Json.parse(json) instanceof Map<?, ?> object) {
        object.forEach((key, value) -> parameters.put((String) key, value));
        return parameters;
      }
    } catch (IllegalArgumentException e) {
      parameters.clear();
    }
    problems.accept(
        Problem.warning(
            origin(entity), DASHBOARD_PARAMETERS + " does not count: it is no JSON object"));
    return null;
  }
}
