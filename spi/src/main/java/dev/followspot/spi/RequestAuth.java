package dev.followspot.spi;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that the caller sent along for the clusters: the {@code auth} of a request of
 * Backstage's frontend, such as {@code auth.google} or {@code auth.oidc.okta}.
 *
 * <p>Immutable; {@link #toString()} shows the names and no token.
 */
public final class RequestAuth {

  private static final RequestAuth NONE = new RequestAuth(Map.of());

  private final Map<List<String>, Secret> tokens;

  private RequestAuth(Map<List<String>, Secret> tokens) {
    this.tokens = Map.copyOf(tokens);
  }

  /**
   * No tokens.
   *
   * @return an empty value
   */
  public static RequestAuth none() {
    return NONE;
  }

  /**
   * The tokens of a request body's {@code auth}.
   *
   * @param auth texts, or maps of texts, by provider; null values count as absent
   * @return the tokens
   * @throws IllegalArgumentException if a value is neither a text nor a map, or if a token holds a
   *     line break or another control character; the message names the key and never the value
   */
  public static RequestAuth of(Map<String, ?> auth) {
    Map<List<String>, Secret> tokens = new LinkedHashMap<>();
    collect(List.of(), auth, tokens);
    return new RequestAuth(tokens);
  }

  private static void collect(
      List<String> path, Map<?, ?> values, Map<List<String>, Secret> tokens) {
    values.forEach(
        (key, value) -> {
          List<String> here = append(path, String.valueOf(key));
          if (value instanceof Map<?, ?> map) {
            collect(here, map, tokens);
          } else if (value instanceof String text) {
            tokens.put(here, checked(here, text));
          } else if (value != null) {
            throw new IllegalArgumentException(
                "auth." + String.join(".", here) + " is not a text; a token is expected");
          }
        });
  }

  private static Secret checked(List<String> path, String token) {
    if (token.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw new IllegalArgumentException(
          "auth." + String.join(".", path) + " holds a line break or another control character");
    }
    return Secret.of(token);
  }

  private static List<String> append(List<String> path, String key) {
    String[] longer = Arrays.copyOf(path.toArray(String[]::new), path.size() + 1);
    longer[path.size()] = key;
    return List.of(longer);
  }

  /**
   * A copy with one token more.
   *
   * @param provider the provider, such as {@code google}
   * @param token the token
   * @return the copy
   * @throws IllegalArgumentException if the token holds a control character
   */
  public RequestAuth with(String provider, String token) {
    return with(List.of(provider), token);
  }

  /**
   * A copy with one token more.
   *
   * @param path the provider's path, such as {@code oidc}, {@code okta}
   * @param token the token
   * @return the copy
   * @throws IllegalArgumentException if the token holds a control character, or the path is empty
   */
  public RequestAuth with(List<String> path, String token) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("the path of the token is empty");
    }
    Map<List<String>, Secret> copy = new LinkedHashMap<>(tokens);
    copy.put(List.copyOf(path), checked(path, token));
    return new RequestAuth(copy);
  }

  /**
   * One token.
   *
   * @param path the provider's path: {@code "google"}, or {@code "oidc", "okta"}
   * @return the token, empty if the caller sent none, or an empty one
   */
  public Optional<Secret> token(String... path) {
    return Optional.ofNullable(tokens.get(List.of(path))).filter(token -> !token.isBlank());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RequestAuth auth && tokens.equals(auth.tokens);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tokens);
  }

  @Override
  public String toString() {
    return "RequestAuth" + tokens.keySet().stream().map(p -> String.join(".", p)).sorted().toList();
  }
}
