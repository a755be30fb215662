package dev.followspot.examples.backstagebackend;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of other origins may call, as in Backstage's {@code backend.cors}.
 *
 * @param origins patterns for the origins; null for every one
 * @param methods the methods
 * @param allowedHeaders the request headers; null for all that a page asks for
 * @param exposedHeaders the response headers that pages may read
 * @param credentials whether cookies and the like may be sent along
 * @param maxAge how many seconds a browser may remember the answer; null if nothing is said
 */
record CorsSettings(
    @Nullable List<OriginPattern> origins,
    List<String> methods,
    @Nullable List<String> allowedHeaders,
    List<String> exposedHeaders,
    boolean credentials,
    @Nullable Long maxAge) {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** Reads {@code backend.cors}; empty if it is absent, so that no other origin may call. */
  static Optional<CorsSettings> from(ConfigSection backend) {
    if (backend.optionalSection("cors").isEmpty()) {
      return Optional.empty();
    }
    ConfigSection cors = backend.section("cors");
    ConfigProblems problems = new ConfigProblems();
    Optional<List<OriginPattern>> origins = read(problems, () -> patterns(cors));
    Optional<List<String>> methods = read(problems, () -> tokens(cors, "methods"));
    Optional<List<String>> allowedHeaders = read(problems, () -> tokens(cors, "allowedHeaders"));
    Optional<List<String>> exposedHeaders = read(problems, () -> tokens(cors, "exposedHeaders"));
    Optional<Boolean> credentials = read(problems, () -> cors.optionalBoolean("credentials"));
    Optional<Long> maxAge =
        read(problems, () -> cors.optionalInteger("maxAge", 0, Integer.MAX_VALUE));
    problems.throwIfAny();
    return Optional.of(
        new CorsSettings(
            origins.orElse(null),
            methods.orElse(METHODS),
            allowedHeaders.orElse(null),
            exposedHeaders.orElse(List.of()),
            credentials.orElse(false),
            maxAge.orElse(null)));
  }

  private static <T> Optional<T> read(ConfigProblems problems, Supplier<Optional<T>> reader) {
    Optional<T> value = problems.read(reader);
    return value == null ? Optional.empty() : value;
  }

  /** A text or a list of texts. */
  private static Optional<List<String>> texts(ConfigSection section, String key) {
    return section.raw(key).orElse(null) instanceof String text
        ? Optional.of(List.of(text))
        : section.optionalStrings(key);
  }

  private static Optional<List<OriginPattern>> patterns(ConfigSection cors) {
    List<OriginPattern> patterns = new ArrayList<>();
    Optional<List<String>> texts = texts(cors, "origin");
    for (String text : texts.orElse(List.of())) {
      try {
        patterns.add(OriginPattern.of(text));
      } catch (IllegalArgumentException e) {
        throw cors.problem("origin", String.valueOf(e.getMessage()));
      }
    }
    return texts.map(present -> List.copyOf(patterns));
  }

  /** As {@link #texts}, of names that may stand in a header; several may be in one text. */
  private static Optional<List<String>> tokens(ConfigSection section, String key) {
    Optional<List<String>> texts = texts(section, key);
    for (String text : texts.orElse(List.of())) {
      for (String name : text.split(",", -1)) {
        if (!name.strip().matches(TOKEN)) {
          throw section.problem(
              key, Texts.quoted(text) + " is no name; wanted names of methods or headers");
        }
      }
    }
    return texts;
  }

  /** What is odd, for the log. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (OriginPattern origin : origins == null ? List.<OriginPattern>of() : origins) {
      origin
          .whyNever()
          .ifPresent(
              why ->
                  warnings.add(
                      "backend.cors.origin: " + Texts.quoted(origin.toString()) + " " + why));
    }
    return warnings;
  }

  boolean allows(String origin) {
    return origins == null || origins.stream().anyMatch(pattern -> pattern.matches(origin));
  }
}
