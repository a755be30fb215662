package dev.followspot.spi;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request to a cluster is authenticated with: nothing, a bearer token, or a client
 * certificate. Immutable; {@link #toString()} shows the kind and no secret.
 */
public final class Credential {

  private static final Credential NONE = new Credential(null, null, null, null);

  private final @Nullable Secret bearerToken;
  private final @Nullable Secret certificateChain;
  private final @Nullable Secret privateKey;
  private final @Nullable Instant expiresAt;

  private Credential(
      @Nullable Secret bearerToken,
      @Nullable Secret certificateChain,
      @Nullable Secret privateKey,
      @Nullable Instant expiresAt) {
    this.bearerToken = bearerToken;
    this.certificateChain = certificateChain;
    this.privateKey = privateKey;
    this.expiresAt = expiresAt;
  }

  /**
   * No credential: the request is anonymous.
   *
   * @return the empty credential
   */
  public static Credential none() {
    return NONE;
  }

  /**
   * A bearer token that does not expire, or whose end is not known.
   *
   * @param token the token, without {@code Bearer}
   * @return the credential
   * @throws IllegalArgumentException if the token is blank or holds a control character, and so
   *     cannot be sent; the message does not show it
   */
  public static Credential bearer(Secret token) {
    return bearer(token, null);
  }

  /**
   * A bearer token.
   *
   * @param token the token, without {@code Bearer}
   * @param expiresAt when it expires; it is asked for anew shortly before. Null if not known
   * @return the credential
   * @throws IllegalArgumentException if the token is blank or holds a control character, and so
   *     cannot be sent; the message does not show it
   */
  public static Credential bearer(Secret token, @Nullable Instant expiresAt) {
    String text = token.reveal();
    if (text.isBlank()) {
      throw new IllegalArgumentException("the bearer token is blank");
    }
    if (text.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) {
      throw new IllegalArgumentException(
          "the bearer token holds a blank, a line break or another character that no token has");
    }
    return new Credential(token, null, null, expiresAt);
  }

  /**
   * A client certificate.
   *
   * @param certificateChain PEM, the client's certificate first
   * @param privateKey PEM, PKCS#8, PKCS#1 or SEC 1
   * @return the credential
   */
  public static Credential clientCertificate(Secret certificateChain, Secret privateKey) {
    return new Credential(
        null,
        Objects.requireNonNull(certificateChain, "certificateChain"),
        Objects.requireNonNull(privateKey, "privateKey"),
        null);
  }

  /**
   * The bearer token.
   *
   * @return the token, empty if there is none
   */
  public Optional<Secret> bearerToken() {
    return Optional.ofNullable(bearerToken);
  }

  /**
   * The client's certificate chain as PEM.
   *
   * @return the chain, empty if there is none
   */
  public Optional<Secret> certificateChain() {
    return Optional.ofNullable(certificateChain);
  }

  /**
   * The client's private key as PEM.
   *
   * @return the key, empty if there is none
   */
  public Optional<Secret> privateKey() {
    return Optional.ofNullable(privateKey);
  }

  /**
   * When it expires.
   *
   * @return the instant, empty if not known
   */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Credential credential
        && Objects.equals(bearerToken, credential.bearerToken)
        && Objects.equals(certificateChain, credential.certificateChain)
        && Objects.equals(privateKey, credential.privateKey)
        && Objects.equals(expiresAt, credential.expiresAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(bearerToken, certificateChain, privateKey, expiresAt);
  }

  @Override
  public String toString() {
    String kind =
        bearerToken != null
            ? "bearer token"
            : certificateChain != null ? "client certificate" : "none";
    return "Credential[" + kind + (expiresAt == null ? "" : ", expires " + expiresAt) + "]";
  }
}
