package dev.followspot.core.cluster;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.YamlDocument;
import dev.followspot.core.config.YamlDocuments;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of kubectl's configuration files: each context is a cluster of its name, with the
 * context's user. Several files are merged as kubectl does: of entries with the same name the first
 * one counts, and relative paths start at the folder of the file that holds them.
 *
 * <p>A user with a token has the auth provider {@code serviceAccount}, one with a client
 * certificate {@code clientCertificate}, one without anything {@code anonymous}. For users with
 * {@code exec}, {@code auth-provider} or a password the auth provider is {@code exec}, {@code
 * auth-provider} or {@code basic}: unless an extension brings a strategy of that name, their cells
 * say that there is none.
 *
 * <p>Immutable; the files are read once, but token files and certificates by each look-up.
 */
public final class Kubeconfig {

  private final List<Cluster> clusters;
  private final List<Problem> problems;

  private Kubeconfig(List<Cluster> clusters, List<Problem> problems) {
    this.clusters = List.copyOf(clusters);
    this.problems = List.copyOf(problems);
  }

  /**
   * Reads all contexts of some files. A context with a mistake, such as a cluster or user that
   * there is not, is left out; {@link #problems()} says why.
   *
   * @param files the files; at least one
   * @return the clusters
   * @throws ConfigurationException with every file that cannot be read or is no kubeconfig
   */
  public static Kubeconfig read(List<Path> files) {
    return read(files, Set.of());
  }

  /**
   * Reads some contexts of some files.
   *
   * @param files the files; at least one
   * @param contexts the names of the contexts; none for all
   * @return the clusters, in the order of the files
   * @throws ConfigurationException as {@link #read(List)}, and with every mistake of a chosen
   *     context
   */
  public static Kubeconfig read(List<Path> files, Set<String> contexts) {
    ConfigProblems problems = new ConfigProblems();
    Merged merged = new Merged();
    for (Path file : files) {
      List<YamlDocument> documents = problems.read(() -> YamlDocuments.read(file));
      if (documents != null) {
        for (YamlDocument document : documents) {
          merged.add(file, document, problems);
        }
      }
    }
    problems.throwIfAny();
    for (String wanted : contexts) {
      if (!merged.contexts.containsKey(wanted)) {
        problems.add(
            new ConfigProblem(
                files.get(0).toString(),
                "contexts",
                "there is no context '"
                    + wanted
                    + "'; there are "
                    + String.join(", ", merged.contexts.keySet())));
      }
    }
    List<Cluster> clusters = new ArrayList<>();
    List<Problem> leftOut = new ArrayList<>();
    merged.contexts.forEach(
        (name, context) -> {
          if (contexts.isEmpty() || contexts.contains(name)) {
            ConfigProblems mistakes = new ConfigProblems();
            Cluster cluster = mistakes.read(() -> merged.cluster(name, context));
            if (cluster != null) {
              clusters.add(cluster);
            } else if (contexts.isEmpty()) {
              mistakes.all().forEach(mistake -> leftOut.add(leftOut(name, mistake)));
            } else {
              mistakes.all().forEach(problems::add);
            }
          }
        });
    problems.throwIfAny();
    return new Kubeconfig(clusters, leftOut);
  }

  private static Problem leftOut(String context, ConfigProblem mistake) {
    return Problem.error(
        mistake.location(),
        "the context '" + context + "' is left out: " + mistake.key() + " " + mistake.message());
  }

  /**
   * The clusters.
   *
   * @return one for each context that is not left out, in the order of the files
   */
  public List<Cluster> clusters() {
    return clusters;
  }

  /**
   * Why contexts are left out.
   *
   * @return none if all of them are clusters, or if contexts were chosen
   */
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public String toString() {
    return "Kubeconfig" + clusters;
  }

  /** A named entry of a file. */
  record Entry(Path file, Map<?, ?> value) {
    /** The file only: the values may be secrets. */
    @Override
    public String toString() {
      return "Entry[" + file + "]";
    }
  }

  /** The entries of all files by their names. */
  private static final class Merged {
    private final Map<String, Entry> contexts = new LinkedHashMap<>();
    private final Map<String, Entry> clusters = new LinkedHashMap<>();
    private final Map<String, Entry> users = new LinkedHashMap<>();

    void add(Path file, YamlDocument document, ConfigProblems problems) {
      if (!(document.value() instanceof Map<?, ?> config)) {
        problems.add(
            new ConfigProblem(document.location(), "", "is no kubeconfig: an object is expected"));
        return;
      }
      if (Stream.of("contexts", "clusters", "users").allMatch(key -> config.get(key) == null)) {
        problems.add(
            new ConfigProblem(
                document.location(),
                "",
                "is no kubeconfig: it has neither contexts nor clusters nor users"));
        return;
      }
      entries(file, config, "contexts", "context", contexts, problems);
      entries(file, config, "clusters", "cluster", clusters, problems);
      entries(file, config, "users", "user", users, problems);
    }

    private static void entries(
        Path file,
        Map<?, ?> config,
        String listKey,
        String key,
        Map<String, Entry> target,
        ConfigProblems problems) {
      Object list = config.get(listKey);
      if (list == null) {
        return;
      }
      if (!(list instanceof List<?> items)) {
        problems.add(new ConfigProblem(file.toString(), listKey, "is no list"));
        return;
      }
      for (Object item : items) {
        if (item instanceof Map<?, ?> entry && entry.get("name") instanceof String name) {
          Map<?, ?> value = entry.get(key) instanceof Map<?, ?> map ? map : Map.of();
          target.putIfAbsent(name, new Entry(file, value));
        } else {
          problems.add(new ConfigProblem(file.toString(), listKey, "has an entry without a name"));
        }
      }
    }

    Cluster cluster(String name, Entry context) {
      Entry cluster = referred(name, context, "cluster", clusters);
      Entry user =
          context.value.get("user") == null
              ? new Entry(context.file, Map.of())
              : referred(name, context, "user", users);
      return KubeconfigCluster.of(name, context.file, cluster, user);
    }

    private static Entry referred(
        String name, Entry context, String key, Map<String, Entry> entries) {
      Object wanted = context.value.get(key);
      @Nullable Entry entry = wanted instanceof String text ? entries.get(text) : null;
      if (entry == null) {
        throw new ConfigurationException(
            context.file.toString(),
            "contexts." + name + "." + key,
            (wanted == null ? "is missing" : "there is no " + key + " '" + wanted + "'")
                + "; there are "
                + String.join(", ", entries.keySet()));
      }
      return entry;
    }
  }
}
