package dev.followspot.core.proxy;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.HttpHeaders;
import dev.followspot.spi.RequestAuth;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the caller brings along to authenticate at clusters. */
final class CallerTokens {

  private static final String AUTHORIZATION = "Backstage-Kubernetes-Authorization";
  private static final String PREFIX = "backstage-kubernetes-authorization-";
  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
  private static final String BEARER_PROTOCOL = "base64url.bearer.authorization.k8s.io.";
  private static final String TOKEN_PROVIDER = "kubernetes.io/oidc-token-provider";

  private final @Nullable String authorization;

  /** By what follows the prefix, in lower case. */
  private final Map<String, String> tokens;

  private CallerTokens(@Nullable String authorization, Map<String, String> tokens) {
    this.authorization = authorization;
    this.tokens = tokens;
  }

  static CallerTokens of(HttpHeaders headers) {
    String verbatim = only(headers, AUTHORIZATION);
    Map<String, String> tokens = new LinkedHashMap<>();
    for (String name : headers.names()) {
      if (name.startsWith(PREFIX)) {
        String token = only(headers, name);
        if (token != null) {
          tokens.put(name.substring(PREFIX.length()), token);
        }
      }
    }
    String ofProtocol = tokenOfProtocols(headers);
    return new CallerTokens(
        verbatim != null || ofProtocol == null ? verbatim : "Bearer " + ofProtocol, tokens);
  }

  /** The value of a header that has one; null if it is absent or empty. */
  private static @Nullable String only(HttpHeaders headers, String name) {
    List<String> values = headers.all(name);
    if (values.size() > 1) {
      throw Refusal.input("header " + name + " is there several times; send it once");
    }
    if (values.isEmpty() || values.get(0).isEmpty()) {
      return null;
    }
    if (values.get(0).chars().anyMatch(c -> c < 0x20 || c >= 0x7f)) {
      throw Refusal.input(
          "header " + name + " holds a control character, or one outside of ASCII; leave it out");
    }
    return values.get(0);
  }

  /** Browsers cannot set headers of a WebSocket, and send a token for the API server so. */
  private static @Nullable String tokenOfProtocols(HttpHeaders headers) {
    List<String> found =
        protocols(headers).stream().filter(name -> name.startsWith(BEARER_PROTOCOL)).toList();
    if (found.isEmpty()) {
      return null;
    }
    if (found.size() > 1) {
      throw Refusal.input("header " + PROTOCOLS + " has several bearer tokens; send one");
    }
    String token;
    try {
      byte[] bytes =
          Base64.getUrlDecoder().decode(found.get(0).substring(BEARER_PROTOCOL.length()));
      token = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      token = "";
    }
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) {
      throw Refusal.input(
          "the bearer token in header " + PROTOCOLS + " is no token in base64url; encode it so");
    }
    return token;
  }

  private static List<String> protocols(HttpHeaders headers) {
    return headers.all(PROTOCOLS).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** The headers for the cluster: clean, with the caller's own {@code Authorization} for it. */
  HttpHeaders put(HttpHeaders clean) {
    HttpHeaders headers = clean;
    List<String> protocols = protocols(clean);
    List<String> kept = new ArrayList<>(protocols);
    if (kept.removeIf(name -> name.startsWith(BEARER_PROTOCOL))) {
      headers = headers.without(PROTOCOLS);
      if (!kept.isEmpty()) {
        headers = headers.and(PROTOCOLS, String.join(", ", kept));
      }
    }
    return authorization == null ? headers : headers.with("Authorization", authorization);
  }

  /** The tokens as the {@code auth} of a look-up has them, before the cluster is known. */
  RequestAuth auth() {
    RequestAuth auth = RequestAuth.none();
    for (Map.Entry<String, String> entry : tokens.entrySet()) {
      auth = auth.with(path(entry.getKey()), entry.getValue());
    }
    return auth;
  }

  private static List<String> path(String key) {
    int dash = key.indexOf('-');
    return dash <= 0 || dash == key.length() - 1
        ? List.of(key)
        : List.of(key.substring(0, dash), key.substring(dash + 1));
  }

  /**
   * The tokens for one cluster: also by the names as its configuration writes them, since header
   * names do not keep capitals.
   */
  RequestAuth auth(Cluster cluster) {
    RequestAuth auth = auth();
    String provider = cluster.authProvider();
    String start = provider.toLowerCase(Locale.ROOT);
    String own = tokens.get(start);
    if (own != null) {
      auth = auth.with(List.of(provider), own);
    }
    Optional<String> named = tokenProvider(cluster);
    if (named.isPresent()) {
      String token = tokens.get(start + "-" + named.get().toLowerCase(Locale.ROOT));
      if (token != null) {
        auth = auth.with(List.of(provider, named.get()), token);
      }
    }
    return auth;
  }

  private static Optional<String> tokenProvider(Cluster cluster) {
    return Optional.ofNullable(cluster.authMetadata().get(TOKEN_PROVIDER))
        .or(cluster::oidcTokenProvider);
  }

  /** The name of the header in which a cluster's token is expected. */
  static String header(Cluster cluster) {
    String provider = cluster.authProvider();
    return AUTHORIZATION
        + "-"
        + provider
        + (provider.equals("oidc")
            ? tokenProvider(cluster).map(name -> "-" + name).orElse("")
            : "");
  }

  /** The names, and no token. */
  @Override
  public String toString() {
    return "CallerTokens" + tokens.keySet();
  }
}
