package dev.followspot.core.catalog;

import dev.followspot.spi.Problem;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;

/** The problems that there are now; each is logged when it comes up, and not again. */
final class KnownProblems {

  private static final int MAX_KEPT = 1000;

  private final Logger log;
  private volatile List<Problem> problems = List.of();

  KnownProblems(Logger log) {
    this.log = log;
  }

  List<Problem> all() {
    return problems;
  }

  synchronized void set(List<Problem> now) {
    List<Problem> kept = now.stream().distinct().limit(MAX_KEPT).toList();
    Set<Problem> before = Set.copyOf(problems);
    for (Problem problem : kept) {
      if (!before.contains(problem)) {
        log.warn("{}", problem);
      }
    }
    if (kept.isEmpty() && !before.isEmpty()) {
      log.info("the catalog is without problems again");
    }
    problems = kept;
  }
}
