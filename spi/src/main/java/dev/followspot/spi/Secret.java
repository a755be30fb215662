package dev.followspot.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token, key or password that is never printed: {@link #toString()} is always {@code ***}.
 *
 * <p>Equality compares the text in constant time. Immutable and safe for use by several threads.
 */
public final class Secret {

  /** What stands for a secret wherever one would be printed. */
  public static final String MASK = "***";

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * Wraps a secret text.
   *
   * @param text the secret, which may be empty
   * @return the secret
   */
  public static Secret of(String text) {
    return new Secret(Objects.requireNonNull(text, "text"));
  }

  /**
   * The secret itself. Call it where the secret is used, and nowhere else.
   *
   * @return the text that was wrapped
   */
  public String reveal() {
    return text;
  }

  /**
   * Whether the secret holds nothing but white space.
   *
   * @return true if there is nothing to use
   */
  public boolean isBlank() {
    return text.isBlank();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
