package dev.followspot.core.config;

import dev.followspot.core.config.Node.Field;
import dev.followspot.core.config.Node.Fields;
import dev.followspot.core.config.Node.Items;
import dev.followspot.core.config.Node.Place;
import dev.followspot.core.config.Node.Scalar;
import dev.followspot.core.config.Node.Unset;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills in variables and includes. Every mistake is kept and the value at fault left out, so that
 * all of them are found. Used by one thread.
 */
final class Resolver {

  /** The keys that make an object an include. */
  static final Set<String> INCLUDES = Set.of("$file", "$env", "$include");

  private static final int MAX_INCLUDES = 20;
  private static final int MAX_PROBLEMS = 100;

  private final Substitution substitution;
  private final IncludedFiles files;
  private final ConfigProblems problems = new ConfigProblems();
  private final List<ConfigProblem> unset = new ArrayList<>();
  private final KeyPath path = new KeyPath();
  // A shared node is resolved once, so that a graph of aliases and includes stays a graph.
  private final IdentityHashMap<Node, Node> done = new IdentityHashMap<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int includes;

  Resolver(Map<String, String> environment, IncludedFiles files) {
    this.substitution = new Substitution(environment);
    this.files = files;
  }

  ConfigProblems problems() {
    return problems;
  }

  /** The keys that are absent because a variable is not set. */
  List<ConfigProblem> unset() {
    return List.copyOf(unset);
  }

  Node resolve(Node node) {
    Node known = done.get(node);
    if (known != null) {
      return known;
    }
    Node resolved;
    open.add(node);
    try {
      resolved = resolveNew(node);
    } catch (ConfigurationException e) {
      e.problems().forEach(this::add);
      resolved = new Unset(node.place(), "its value is wrong");
    }
    open.remove(node);
    done.put(node, resolved);
    return resolved;
  }

  private void add(ConfigProblem problem) {
    String key = problem.key().isEmpty() ? path.toString() : problem.key();
    problems.add(new ConfigProblem(problem.location(), key, problem.message()));
    if (problems.all().size() >= MAX_PROBLEMS) {
      problems.throwIfAny();
    }
  }

  private Node resolveNew(Node node) {
    if (path.depth() > Node.MAX_DEPTH) {
      throw mistake(node.place(), "is nested deeper than " + Node.MAX_DEPTH + " levels");
    }
    if (node instanceof Scalar scalar) {
      return noted(substitution.apply(scalar));
    }
    if (node instanceof Items items) {
      List<Node> resolved = new ArrayList<>();
      for (Node item : items.nodes()) {
        path.enter(resolved.size());
        resolved.add(resolve(item));
        path.leave();
      }
      return Items.of(items.place(), resolved);
    }
    if (node instanceof Fields fields) {
      for (String include : INCLUDES) {
        if (fields.map().containsKey(include)) {
          return include(include, fields);
        }
      }
      Map<String, Field> resolved = new LinkedHashMap<>();
      fields
          .map()
          .forEach(
              (key, field) -> {
                path.enter(key);
                resolved.put(key, new Field(field.place(), resolve(field.node())));
                path.leave();
              });
      return Fields.of(fields.place(), resolved);
    }
    return node;
  }

  private Node noted(Node node) {
    if (node instanceof Unset absent) {
      unset.add(
          new ConfigProblem(
              absent.place().toString(),
              path.toString(),
              absent.reason() + ", so this key counts as absent here"));
    }
    return node;
  }

  private Node include(String include, Fields fields) {
    if (fields.map().size() != 1) {
      throw mistake(
          fields.place(), include + " must be the only key of its object; move the others away");
    }
    Node node = fields.map().values().iterator().next().node();
    if (!(node instanceof Scalar raw) || !(raw.value() instanceof String) || raw.isEmptyText()) {
      throw mistake(node.place(), include + " wants a string, got " + node.type());
    }
    Node substituted = substitution.apply(raw);
    if (substituted instanceof Unset absent) {
      throw mistake(absent.place(), include + " cannot be read: " + absent.reason());
    }
    Scalar value = (Scalar) substituted;
    return switch (include) {
      case "$env" -> env(raw, value);
      case "$file" -> files.text(raw, value, path.toString());
      default -> included(raw, value);
    };
  }

  private Node env(Scalar raw, Scalar name) {
    String value = substitution.variable(name.text());
    // A name that comes from a variable is not shown: it may be a secret put there by mistake.
    String shown = name.origin() == null ? name.text() : raw.text();
    return noted(
        value == null
            ? new Unset(name.place(), Substitution.notSet(List.of(shown)))
            : Scalar.text(name.place(), value, "the value of ${" + shown + "}"));
  }

  private Node included(Scalar raw, Scalar value) {
    if (includes >= MAX_INCLUDES) {
      throw mistake(raw.place(), "includes are nested deeper than " + MAX_INCLUDES + " levels");
    }
    Node target = files.value(raw, value, path.toString());
    if (open.contains(target)) {
      throw mistake(raw.place(), "$include leads back to itself: " + raw.text());
    }
    includes++;
    try {
      Node resolved = resolve(target);
      return resolved instanceof Scalar scalar && scalar.origin() == null
          ? new Scalar(scalar.place(), scalar.value(), scalar.text(), "an included value")
          : resolved;
    } finally {
      includes--;
    }
  }

  private ConfigurationException mistake(Place place, String message) {
    return new ConfigurationException(place.toString(), path.toString(), message);
  }
}
