package dev.followspot.core;

import dev.followspot.spi.Caller;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.Entity;
import dev.followspot.spi.RequestAuth;
import dev.followspot.spi.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to look up, as whom, and for how long. Immutable: each method that sets something returns a
 * copy.
 *
 * <pre>{@code
 * LookupRequest.of(order).caller(Caller.of("user:default/jane")).auth("google", token)
 *     .timeout(Duration.ofSeconds(5)).types(ResourceType.PODS)
 * }</pre>
 */
public final class LookupRequest {

  private final Entity entity;
  private final Caller caller;
  private final RequestAuth auth;
  private final @Nullable Duration timeout;
  private final @Nullable List<ResourceType> types;
  private final Cancellation cancellation;

  private LookupRequest(
      Entity entity,
      Caller caller,
      RequestAuth auth,
      @Nullable Duration timeout,
      @Nullable List<ResourceType> types,
      Cancellation cancellation) {
    this.entity = Objects.requireNonNull(entity, "entity");
    this.caller = Objects.requireNonNull(caller, "caller");
    this.auth = Objects.requireNonNull(auth, "auth");
    this.timeout = timeout;
    this.types = types;
    this.cancellation = Objects.requireNonNull(cancellation, "cancellation");
  }

  /**
   * The configured types of an entity, as the application itself, within the configured time.
   *
   * @param entity the entity
   * @return the request
   */
  public static LookupRequest of(Entity entity) {
    return new LookupRequest(
        entity, Caller.ANONYMOUS, RequestAuth.none(), null, null, Cancellation.NEVER);
  }

  /**
   * A copy as somebody.
   *
   * @param other who asks
   * @return the copy
   */
  public LookupRequest caller(Caller other) {
    return new LookupRequest(entity, other, auth, timeout, types, cancellation);
  }

  /**
   * A copy with one token more.
   *
   * @param provider the auth provider, such as {@code google}; for one of several OIDC providers
   *     {@code oidc.} and its name, such as {@code oidc.okta}
   * @param token the caller's token for it
   * @return the copy
   * @throws IllegalArgumentException if the token holds a control character
   */
  public LookupRequest auth(String provider, String token) {
    int dot = provider.indexOf('.');
    List<String> path =
        dot < 0
            ? List.of(provider)
            : List.of(provider.substring(0, dot), provider.substring(dot + 1));
    return new LookupRequest(entity, caller, auth.with(path, token), timeout, types, cancellation);
  }

  /**
   * A copy with other tokens.
   *
   * @param tokens the {@code auth} of a request of Backstage's frontend: texts, or maps of texts
   * @return the copy
   * @throws IllegalArgumentException if it is anything else; the message shows no token
   */
  public LookupRequest auth(Map<String, ?> tokens) {
    return new LookupRequest(entity, caller, RequestAuth.of(tokens), timeout, types, cancellation);
  }

  LookupRequest auth(RequestAuth tokens) {
    return new LookupRequest(entity, caller, tokens, timeout, types, cancellation);
  }

  /**
   * A copy with another time limit.
   *
   * @param limit after what time to give up what has not been answered
   * @return the copy
   * @throws IllegalArgumentException if it is zero or negative
   */
  public LookupRequest timeout(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("the timeout is " + limit + "; more than zero is needed");
    }
    return new LookupRequest(entity, caller, auth, limit, types, cancellation);
  }

  /**
   * A copy for other types than the configured ones.
   *
   * @param others the types, in the order in which the result lists them; at least one
   * @return the copy
   * @throws IllegalArgumentException if there is none
   */
  public LookupRequest types(ResourceType... others) {
    return types(List.of(others));
  }

  /**
   * A copy for other types than the configured ones.
   *
   * @param others the types, in the order in which the result lists them; at least one
   * @return the copy
   * @throws IllegalArgumentException if there is none
   */
  public LookupRequest types(List<ResourceType> others) {
    if (others.isEmpty()) {
      throw new IllegalArgumentException("no types: name at least one, or leave types out");
    }
    return new LookupRequest(entity, caller, auth, timeout, List.copyOf(others), cancellation);
  }

  /**
   * A copy that can be cancelled.
   *
   * @param token cancels the look-up; what was not answered by then are cells of {@code CANCELLED}
   * @return the copy
   */
  public LookupRequest cancellation(Cancellation token) {
    return new LookupRequest(entity, caller, auth, timeout, types, token);
  }

  /**
   * The entity.
   *
   * @return never null
   */
  public Entity entity() {
    return entity;
  }

  /**
   * Who asks.
   *
   * @return {@link Caller#ANONYMOUS} unless set
   */
  public Caller caller() {
    return caller;
  }

  /**
   * The caller's tokens.
   *
   * @return none unless set
   */
  public RequestAuth auth() {
    return auth;
  }

  /**
   * The time limit.
   *
   * @return empty for the configured one, {@code followspot.lookup.timeout}
   */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /**
   * The types.
   *
   * @return empty for the configured ones
   */
  public Optional<List<ResourceType>> types() {
    return Optional.ofNullable(types);
  }

  /**
   * What cancels the look-up.
   *
   * @return never null
   */
  public Cancellation cancellation() {
    return cancellation;
  }

  /** The entity and the caller, and no token. */
  @Override
  public String toString() {
    return "LookupRequest[" + entity.ref() + ", as " + caller.name() + "]";
  }
}
