package dev.followspot.core.access;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.text.Shortened;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Permission;
import dev.followspot.spi.Secret;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Who may call the HTTP routes: the configuration below {@code backend.auth}. Immutable. */
public final class BackendAuth {

  private static final int MIN_TOKEN_LENGTH = 8;

  private final boolean open;
  private final List<StaticAccess> accesses;

  private BackendAuth(boolean open, List<StaticAccess> accesses) {
    this.open = open;
    this.accesses = List.copyOf(accesses);
  }

  /**
   * Nobody may.
   *
   * @return what counts without configuration
   */
  public static BackendAuth none() {
    return new BackendAuth(false, List.of());
  }

  /**
   * Reads the configuration.
   *
   * @param backend the section {@code backend}, possibly without keys
   * @return who may call
   * @throws ConfigurationException with every mistake, none of which shows a token
   */
  public static BackendAuth from(ConfigSection backend) {
    ConfigProblems problems = new ConfigProblems();
    ConfigSection auth = backend.section("auth");
    Boolean open =
        problems.read(
            () -> auth.optionalBoolean("dangerouslyDisableDefaultAuthPolicy").orElse(false));
    List<StaticAccess> accesses = new ArrayList<>();
    List<ConfigSection> entries = problems.read(() -> auth.sectionList("externalAccess"));
    for (ConfigSection entry : entries == null ? List.<ConfigSection>of() : entries) {
      StaticAccess access = problems.read(() -> access(entry, accesses));
      if (access != null) {
        accesses.add(access);
      }
    }
    problems.throwIfAny();
    return new BackendAuth(Boolean.TRUE.equals(open), accesses);
  }

  private static StaticAccess access(ConfigSection entry, List<StaticAccess> before) {
    String type = entry.string("type");
    if (!type.equals("static")) {
      throw entry.problem(
          "type",
          "is "
              + Shortened.quoted(type)
              + "; static is built in; for any other type remove the entry and add an extension"
              + " that implements CallerAuthenticatorFactory");
    }
    ConfigProblems problems = new ConfigProblems();
    ConfigSection options = entry.section("options");
    Secret token = problems.read(() -> token(options));
    String subject = problems.read(() -> subject(options));
    Optional<AccessRestrictions> restrictions =
        problems.read(() -> Optional.ofNullable(AccessRestrictions.read(entry)));
    problems.throwIfAny();
    if (token == null || subject == null || restrictions == null) {
      throw new IllegalStateException("a part is missing and no problem");
    }
    StaticAccess access = new StaticAccess(token, subject, restrictions.orElse(null));
    for (StaticAccess other : before) {
      if (other.fits(StaticAccess.digest(token.reveal()))) {
        throw options.problem("token", "is there twice; give each entry a token of its own");
      }
      if (other.caller().equals(access.caller())
          && !Objects.equals(other.restrictions(), access.restrictions())) {
        throw options.problem(
            "subject",
            "is "
                + Shortened.quoted(subject)
                + ", as that of another entry with other accessRestrictions; give each of them a"
                + " subject of its own");
      }
    }
    return access;
  }

  private static Secret token(ConfigSection options) {
    Secret token =
        options
            .optionalSecret("token")
            .orElseThrow(() -> options.problem("token", "is missing; this key needs a text"));
    String text = token.reveal();
    if (text.length() < MIN_TOKEN_LENGTH) {
      throw options.problem(
          "token", "is too short; at least " + MIN_TOKEN_LENGTH + " characters are needed");
    }
    if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      throw options.problem(
          "token",
          "holds white space or a character that no HTTP header can hold; letters, digits and"
              + " punctuation of ASCII are allowed");
    }
    return token;
  }

  private static String subject(ConfigSection options) {
    String subject = options.string("subject");
    if (subject.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      throw options.problem(
          "subject", "is " + Shortened.quoted(subject) + "; a text without white space is needed");
    }
    return subject;
  }

  /**
   * Knows the callers.
   *
   * @return the innermost authenticator
   */
  public CallerAuthenticator authenticator() {
    return new TokenAuthenticator(open, accesses);
  }

  /**
   * What callers may do at most, because their token is limited.
   *
   * @return permissions by the caller's name; callers that are not in it are not limited
   */
  Map<String, Set<Permission>> limits() {
    Map<String, Set<Permission>> limits = new HashMap<>();
    for (StaticAccess access : accesses) {
      if (access.restrictions() != null) {
        limits
            .computeIfAbsent(access.caller(), name -> EnumSet.noneOf(Permission.class))
            .addAll(access.permissions());
      }
    }
    return limits;
  }

  /** Who, and no token. */
  @Override
  public String toString() {
    return "BackendAuth[" + (open ? "everybody, " : "") + accesses + "]";
  }
}
