package dev.followspot.core.proxy;

import dev.followspot.spi.HttpHeaders;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers go on, in each direction. */
final class Hygiene {

  /** What concerns one connection only, and what whoever sends a message writes itself. */
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * What means something between the caller and the portal, or would make a gateway on the way to
   * the cluster see another request than the one that was checked.
   */
  private static final Set<String> OF_CALLER =
      Set.of(
          "authorization",
          "cookie",
          "cookie2",
          "forwarded",
          "referer",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-original-url",
          "x-real-ip",
          "x-rewrite-url");

  /**
   * Identities, which only the API server's own front proxy, or an interceptor, may claim, and what
   * the sign-in in front of a portal tells it: Google IAP, Cloudflare Access, AWS load balancers,
   * oauth2-proxy, Azure, Pomerium, Authelia, Authentik, Tailscale, Vouch, and reverse proxies that
   * ask for client certificates.
   */
  private static final List<String> OF_CALLER_PREFIXES =
      List.of(
          "backstage-",
          "cf-",
          "impersonate-",
          "remote-",
          "ssl-client-",
          "tailscale-",
          "x-amzn-",
          "x-auth-",
          "x-authentik-",
          "x-forwarded-",
          "x-goog-",
          "x-ms-",
          "x-pomerium-",
          "x-remote-",
          "x-ssl-",
          "x-vouch-");

  /**
   * Whatever says of itself that it is a secret, or who somebody is: API servers read no header
   * with such a word in its name.
   */
  private static final Pattern SECRETS_AND_IDENTITIES =
      Pattern.compile(
          "(?<![^-])(?:"
              + "(?:access|api|auth|private|secret|subscription)-?(?:keys?|tokens?)"
              + "|assertions?|auth|authentication|authenticated|authorization|credentials?"
              + "|jwt|passw(?:or)?ds?|secrets?|sessions?|tokens?"
              + "|certs?|certificates?|dn"
              + "|email|groups|identity|principal|user(?!-agent)|userid|userinfo|username|webauth"
              + ")(?![^-])");

  /** What would change how browsers and reverse proxies treat the portal itself. */
  private static final Set<String> OF_CLUSTER =
      Set.of(
          "alt-svc",
          "clear-site-data",
          "expect-ct",
          "nel",
          "origin-agent-cluster",
          "public-key-pins",
          "public-key-pins-report-only",
          "refresh",
          "report-to",
          "reporting-endpoints",
          "service-worker-allowed",
          "set-cookie",
          "set-cookie2",
          "strict-transport-security",
          "x-lighttpd-send-file",
          "x-sendfile");

  private static final List<String> OF_CLUSTER_PREFIXES =
      List.of("access-control-", "x-accel-", "backstage-");

  private Hygiene() {}

  /** What of a caller's headers goes on to interceptors and the cluster. */
  static HttpHeaders ofCaller(HttpHeaders headers) {
    return endToEnd(headers)
        .filter(
            field -> {
              String name = canonical(field.name());
              return !OF_CALLER.contains(name)
                  && OF_CALLER_PREFIXES.stream().noneMatch(name::startsWith)
                  && !SECRETS_AND_IDENTITIES.matcher(name).find();
            });
  }

  /** What of a cluster's headers goes on to interceptors and the caller. */
  static HttpHeaders ofCluster(String method, int status, HttpHeaders headers) {
    return ofAnswer(method, status, headers)
        .filter(
            field -> {
              String name = canonical(field.name());
              return !OF_CLUSTER.contains(name)
                  && OF_CLUSTER_PREFIXES.stream().noneMatch(name::startsWith);
            });
  }

  /**
   * All but the headers of the connection: of an answer, which for HEAD, and if nothing has
   * changed, tells a length of what is not there.
   */
  static HttpHeaders ofAnswer(String method, int status, HttpHeaders headers) {
    HttpHeaders clean = endToEnd(headers);
    return method.equals("HEAD") || status == 304
        ? headers
            .first("Content-Length")
            .map(length -> clean.with("Content-Length", length))
            .orElse(clean)
        : clean;
  }

  /** All but the headers of the connection, and those that it names. */
  static HttpHeaders endToEnd(HttpHeaders headers) {
    Set<String> named = new HashSet<>(OF_CONNECTION);
    named.addAll(tokens(headers, "connection"));
    return headers.filter(field -> !named.contains(canonical(field.name())));
  }

  /** The members of a list header, in lower case. */
  static List<String> tokens(HttpHeaders headers, String name) {
    return headers.all(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(token -> token.strip().toLowerCase(Locale.ROOT))
        .filter(token -> !token.isEmpty())
        .toList();
  }

  /** Many gateways take an underscore for a dash. */
  private static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
