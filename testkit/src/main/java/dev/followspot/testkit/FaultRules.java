package dev.followspot.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which requests go wrong, and how. Safe for use by several threads. */
final class FaultRules {

  private final List<Rule> rules = new ArrayList<>();

  private static final class Rule {
    private final Predicate<String> concerns;
    private final Fault fault;
    private int left;

    Rule(Predicate<String> concerns, Fault fault) {
      this.concerns = concerns;
      this.fault = fault;
      left = fault.times();
    }
  }

  synchronized void add(Predicate<String> rawPath, Fault fault) {
    rules.add(new Rule(rawPath, fault));
  }

  synchronized void clear() {
    rules.clear();
  }

  /** The fault for a request, the latest rule first; null if all is well. */
  synchronized @Nullable Fault take(String rawPath) {
    for (int i = rules.size() - 1; i >= 0; i--) {
      Rule rule = rules.get(i);
      if (rule.concerns.test(rawPath)) {
        if (rule.fault.times() > 0 && --rule.left == 0) {
          rules.remove(i);
        }
        return rule.fault;
      }
    }
    return null;
  }
}
