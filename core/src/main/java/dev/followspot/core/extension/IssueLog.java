package dev.followspot.core.extension;

import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.ProviderIssue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps issues, and logs each of them once. Safe for use by several threads. */
final class IssueLog {

  private static final Logger LOG = LoggerFactory.getLogger(Extensions.class);

  private final Set<ProviderIssue> issues = new LinkedHashSet<>();

  void add(ProviderIssue issue) {
    boolean first;
    synchronized (this) {
      first = issues.add(issue);
    }
    if (first) {
      LOG.warn("{}", issue);
    }
  }

  synchronized List<ProviderIssue> all() {
    return List.copyOf(issues);
  }

  /** The issues that might be why an extension of this kind is missing. */
  List<ProviderIssue> of(ExtensionPoint point) {
    return all().stream().filter(i -> i.point() == null || i.point() == point).toList();
  }
}
