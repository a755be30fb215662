package dev.followspot.core.extension;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.config.NearestKey;
import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension.Origin;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which of the candidates take part: {@code followspot.extensions} pins and excludes by name. */
final class Selection {

  /** What does not come with the engine, and where it is. */
  private static final Map<ExtensionPoint, Map<String, String>> ARTIFACTS =
      Map.of(
          ExtensionPoint.FETCHER,
          Map.of("multi-namespace", "dev.followspot:followspot-fetcher-multinamespace"),
          ExtensionPoint.AUTH,
          Map.of("aws", "dev.followspot:followspot-auth-aws"));

  private final ConfigSection section;
  private final boolean discovery;
  private final IssueLog issues;
  private final Map<ExtensionPoint, List<String>> pins = new EnumMap<>(ExtensionPoint.class);
  private final Map<ExtensionPoint, List<String>> excluded = new EnumMap<>(ExtensionPoint.class);
  private final Map<ExtensionPoint, Map<String, Candidate>> chosen =
      new EnumMap<>(ExtensionPoint.class);
  private final Map<Candidate, String> notes = new LinkedHashMap<>();

  /**
   * Reads the choice of the configuration.
   *
   * @param section {@code followspot.extensions}
   */
  Selection(ConfigSection section, boolean discovery, IssueLog issues, ConfigProblems problems) {
    this.section = section;
    this.discovery = discovery;
    this.issues = issues;
    ConfigSection exclude = problems.read(() -> section.section("exclude"));
    for (ExtensionPoint point : ExtensionPoint.values()) {
      Optional<List<String>> pinned = problems.read(() -> section.optionalStrings(point.key()));
      if (pinned != null) {
        pinned.ifPresent(names -> pins.put(point, names));
      }
      if (exclude != null) {
        Optional<List<String>> names = problems.read(() -> exclude.optionalStrings(point.key()));
        excluded.put(point, names == null ? List.of() : names.orElse(List.of()));
      }
    }
  }

  /** Chooses among the candidates; mistakes go to the problems. */
  void choose(Collection<Candidate> candidates, ConfigProblems problems) {
    for (ExtensionPoint point : ExtensionPoint.values()) {
      Map<String, List<Candidate>> byName = new LinkedHashMap<>();
      for (Candidate candidate : candidates) {
        if (candidate.point() == point) {
          byName.computeIfAbsent(candidate.name(), name -> new ArrayList<>()).add(candidate);
        }
      }
      Map<String, Candidate> known = new LinkedHashMap<>();
      byName.forEach((name, same) -> chooseOne(point, name, same, known, problems));
      chosen.put(point, known);
      checkNames(point, byName.keySet(), problems);
    }
  }

  private void chooseOne(
      ExtensionPoint point,
      String name,
      List<Candidate> same,
      Map<String, Candidate> known,
      ConfigProblems problems) {
    Optional<String> note = noteOf(point, name);
    if (note.isPresent()) {
      same.forEach(each -> notes.put(each, note.get()));
      return;
    }
    List<Candidate> explicit = same.stream().filter(c -> c.origin() == Origin.EXPLICIT).toList();
    List<Candidate> left = explicit.isEmpty() ? same : explicit;
    if (left.size() > 1) {
      problems.add(twice(point, name, left));
      return;
    }
    Candidate one = left.get(0);
    known.put(name, one);
    for (Candidate each : same) {
      if (each != one) {
        notes.put(each, "replaced by " + one.classAndJar() + ", which the application handed over");
      }
    }
  }

  private Optional<String> noteOf(ExtensionPoint point, String name) {
    String key = point.key();
    if (excluded.getOrDefault(point, List.of()).contains(name)) {
      return Optional.of("excluded by followspot.extensions.exclude." + key);
    }
    List<String> pinned = pins.get(point);
    return pinned == null || pinned.contains(name)
        ? Optional.empty()
        : Optional.of("not among those of followspot.extensions." + key);
  }

  private ConfigProblem twice(ExtensionPoint point, String name, List<Candidate> same) {
    String classes = String.join("; ", same.stream().map(Candidate::classAndJar).toList());
    String message =
        "the "
            + point.displayName()
            + " '"
            + name
            + "' is there "
            + (same.size() == 2 ? "twice" : same.size() + " times")
            + ": "
            + classes
            + ". Take one away, or exclude the name with followspot.extensions.exclude."
            + point.key()
            + ": ["
            + name
            + "], or hand one over to the builder";
    return new ConfigProblem(section.location(), "followspot.extensions", message);
  }

  private void checkNames(ExtensionPoint point, Set<String> there, ConfigProblems problems) {
    for (String name : pins.getOrDefault(point, List.of())) {
      if (!there.contains(name)) {
        problems.add(section.problem(point.key(), unknown(point, name, there)));
        // Told once: whoever asks for what is pinned must not stumble on it again.
        pins.computeIfPresent(
            point, (of, names) -> names.stream().filter(each -> !each.equals(name)).toList());
      } else if (excluded.getOrDefault(point, List.of()).contains(name)) {
        problems.add(
            section.problem(
                point.key(),
                "'"
                    + name
                    + "' is also in followspot.extensions.exclude."
                    + point.key()
                    + ": take it out of one of the two"));
      }
    }
    for (String name : excluded.getOrDefault(point, List.of())) {
      if (!there.contains(name)) {
        String message =
            "followspot.extensions.exclude."
                + point.key()
                + " names '"
                + Failures.clean(name)
                + "', which is not there"
                + nearest(name, there)
                + ": correct the name or take it out";
        issues.add(
            new ProviderIssue(
                Problem.Severity.WARNING,
                point,
                "",
                null,
                section.location("exclude"),
                message,
                null));
      }
    }
  }

  boolean isPinned(Candidate candidate) {
    return pins.getOrDefault(candidate.point(), List.of()).contains(candidate.name());
  }

  /** Whether the configuration says which extensions are used. */
  boolean isPinned(ExtensionPoint point) {
    return pins.containsKey(point);
  }

  ConfigSection section() {
    return section;
  }

  /** Those that take part, by name. */
  Map<String, Candidate> chosen(ExtensionPoint point) {
    return chosen.getOrDefault(point, Map.of());
  }

  /** Those that do not take part, and why. */
  Map<Candidate, String> notes() {
    return notes;
  }

  /** What to say of a name that does not take part. */
  String unknown(ExtensionPoint point, String name) {
    return unknown(point, name, chosen(point).keySet());
  }

  /**
   * What to say of a name.
   *
   * @param names the names that would do instead
   */
  private String unknown(ExtensionPoint point, String name, Set<String> names) {
    Set<String> known = new TreeSet<>(names);
    String shown = Failures.clean(name);
    StringBuilder text = new StringBuilder("'" + shown + "' is no known " + point.displayName());
    notes.forEach(
        (candidate, note) -> {
          if (candidate.point() == point && candidate.name().equals(name)) {
            text.append("; ").append(candidate.classAndJar()).append(" is ").append(note);
          }
        });
    String artifact = ARTIFACTS.getOrDefault(point, Map.of()).get(name);
    text.append(artifact == null ? nearest(name, known) : "").append("; known: ");
    text.append(known.isEmpty() ? "none" : String.join(", ", known));
    if (artifact != null) {
      text.append("; '").append(name).append("' is in ").append(artifact);
      text.append(": add it to the class path");
    }
    if (!discovery) {
      text.append(
          "; jars are not searched, since discovery is off (followspot.extensions.discovery)");
    }
    List<ProviderIssue> broken =
        issues.of(point).stream()
            .filter(issue -> issue.severity() == Problem.Severity.ERROR)
            .filter(issue -> issue.name() == null || issue.name().equals(name))
            .toList();
    if (!broken.isEmpty()) {
      text.append("; broken, and perhaps meant: ");
      text.append(String.join("; ", broken.stream().map(ProviderIssue::toString).toList()));
    }
    return text.toString();
  }

  private static String nearest(String name, Collection<String> known) {
    return NearestKey.of(name, known).map(k -> "; did you mean '" + k + "'?").orElse("");
  }
}
