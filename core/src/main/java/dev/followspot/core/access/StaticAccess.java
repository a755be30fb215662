package dev.followspot.core.access;

import dev.followspot.spi.Permission;
import dev.followspot.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody who comes with a token of the configuration. Its text form shows no token. */
final class StaticAccess {

  private final byte[] digest;
  private final String caller;
  private final @Nullable AccessRestrictions restrictions;

  /**
   * Somebody.
   *
   * @param restrictions what they are limited to; null for nothing
   */
  StaticAccess(Secret token, String subject, @Nullable AccessRestrictions restrictions) {
    this.digest = digest(token.reveal());
    this.caller = "external:" + subject;
    this.restrictions = restrictions;
  }

  /** The digests have one length, so that the time to compare them tells nothing. */
  static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  boolean fits(byte[] digestOfToken) {
    return MessageDigest.isEqual(digest, digestOfToken);
  }

  String caller() {
    return caller;
  }

  @Nullable AccessRestrictions restrictions() {
    return restrictions;
  }

  /** What they may do at most. */
  Set<Permission> permissions() {
    return restrictions == null ? Set.of(Permission.values()) : restrictions.permissions();
  }

  @Override
  public String toString() {
    return "StaticAccess[" + caller + "]";
  }
}
