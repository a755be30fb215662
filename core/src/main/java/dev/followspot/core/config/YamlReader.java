package dev.followspot.core.config;

import dev.followspot.core.config.Node.Field;
import dev.followspot.core.config.Node.Fields;
import dev.followspot.core.config.Node.Items;
import dev.followspot.core.config.Node.Null;
import dev.followspot.core.config.Node.Place;
import dev.followspot.core.config.Node.Scalar;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds {@link Node}s from the events of the parser, because the library's own composer recurses
 * without bound, writes aliases out and quotes lines of the file in its messages.
 */
final class YamlReader {

  private static final int MAX_PROBLEMS = 100;

  private final Place place;
  private final Iterator<Event> events;
  private final Map<String, Node> anchors = new HashMap<>();
  private final Set<String> openAnchors = new HashSet<>();
  private final KeyPath path = new KeyPath();
  private final List<ConfigProblem> problems = new ArrayList<>();
  private long values;

  private YamlReader(Place place, Iterator<Event> events) {
    this.place = place;
    this.events = events;
  }

  /**
   * Reads every document of a text.
   *
   * @param place the source and folder; the line is not used
   * @param text at most {@link TextFiles#MAX_LENGTH} characters, without a byte order mark
   * @return the documents, empty ones as {@link Null}
   * @throws ConfigurationException with the mistakes that were found
   */
  static List<Node> documents(Place place, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(TextFiles.MAX_LENGTH)
            .setParseComments(false)
            .build();
    try {
      StreamReader characters = new StreamReader(settings, text);
      return new YamlReader(place, new ParserImpl(settings, characters)).documents();
    } catch (ConfigurationException e) {
      throw e;
    } catch (RuntimeException e) {
      // Not kept as the cause: its message quotes lines of the file.
      throw YamlMistakes.of(e, place, text);
    }
  }

  private List<Node> documents() {
    List<Node> documents = new ArrayList<>();
    while (events.hasNext()) {
      if (events.next() instanceof DocumentStartEvent) {
        anchors.clear();
        documents.add(node(events.next(), 0));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return documents;
  }

  private Node node(Event event, int depth) {
    Place here = place(event);
    if (event instanceof AliasEvent alias) {
      return alias(alias, here);
    }
    count(1, here);
    String anchor = ((NodeEvent) event).getAnchor().map(Object::toString).orElse(null);
    if (event instanceof ScalarEvent scalar) {
      return remember(anchor, scalar(scalar, here));
    }
    if (depth >= Node.MAX_DEPTH) {
      throw mistake(here, "is nested deeper than " + Node.MAX_DEPTH + " levels");
    }
    if (anchor != null) {
      anchors.remove(anchor);
      openAnchors.add(anchor);
    }
    checkTag((CollectionStartEvent) event, here);
    Node node = event instanceof MappingStartEvent ? fields(here, depth) : items(here, depth);
    if (anchor != null) {
      openAnchors.remove(anchor);
    }
    return remember(anchor, node);
  }

  private Node remember(@Nullable String anchor, Node node) {
    if (anchor != null) {
      anchors.put(anchor, node);
    }
    return node;
  }

  private Node alias(AliasEvent alias, Place here) {
    String name = alias.getAlias().toString();
    if (openAnchors.contains(name) && !anchors.containsKey(name)) {
      throw mistake(here, "an alias refers to an object or list that holds it; remove the alias");
    }
    Node node = anchors.get(name);
    if (node == null) {
      // The name is not shown: it may be a password that starts with *.
      throw mistake(
          here, "an alias refers to no anchor above it; a text that starts with * needs quotes");
    }
    count(node.size(), here);
    return node;
  }

  private Node items(Place here, int depth) {
    List<Node> nodes = new ArrayList<>();
    for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
      path.enter(nodes.size());
      nodes.add(node(next, depth + 1));
      path.leave();
    }
    return Items.of(here, nodes);
  }

  private Node fields(Place here, int depth) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      Place keyPlace = place(next);
      String key = key(next, keyPlace);
      path.enter(key);
      Node value = node(events.next(), depth + 1);
      Field first = fields.putIfAbsent(key, new Field(keyPlace, value));
      if (first != null) {
        duplicate(keyPlace, first.place());
      }
      path.leave();
    }
    return Fields.of(here, fields);
  }

  private void duplicate(Place here, Place first) {
    problems.add(
        problem(here, "this key is there twice, first at line " + first.line() + "; remove one"));
    if (problems.size() >= MAX_PROBLEMS) {
      throw new ConfigurationException(problems);
    }
  }

  private String key(Event event, Place here) {
    String key = null;
    if (event instanceof ScalarEvent scalar) {
      count(1, here);
      key = scalar.getValue();
      String anchor = scalar.getAnchor().map(Object::toString).orElse(null);
      remember(anchor, Scalar.text(here, key, null));
    } else if (event instanceof AliasEvent alias && alias(alias, here) instanceof Scalar scalar) {
      key = scalar.text();
    }
    if (key == null) {
      throw mistake(
          here, "a key is a list or an object; keys are texts ({{ and [ need quotes around them)");
    }
    if (key.isEmpty()) {
      throw mistake(here, "a key is empty");
    }
    return key;
  }

  private Node scalar(ScalarEvent event, Place here) {
    String text = event.getValue();
    Optional<String> tag = event.getTag();
    if (tag.isEmpty()) {
      if (event.isPlain() && YamlScalars.isNull(text)) {
        return new Null(here);
      }
      return new Scalar(here, event.isPlain() ? YamlScalars.plain(text) : text, text, null);
    }
    if (tag.get().equals("!")) {
      return Scalar.text(here, text, null);
    }
    String type =
        tag.get().startsWith(YamlScalars.TAG) ? tag.get().substring(YamlScalars.TAG.length()) : "";
    if (type.equals("null") && YamlScalars.isNull(text)) {
      return new Null(here);
    }
    Optional<Object> value = YamlScalars.tagged(type, text);
    if (value.isEmpty()) {
      // Neither tag nor value is shown: a password that starts with ! looks like a tag.
      throw mistake(
          here,
          "a tag is unknown or does not fit its value; allowed are !!str, !!int, !!float, !!bool,"
              + " !!null, !!map and !!seq, and a text that starts with ! needs quotes");
    }
    return new Scalar(here, value.get(), text, null);
  }

  private void checkTag(CollectionStartEvent event, Place here) {
    String own = YamlScalars.TAG + (event instanceof MappingStartEvent ? "map" : "seq");
    if (event.getTag().filter(tag -> !tag.equals("!") && !tag.equals(own)).isPresent()) {
      throw mistake(here, "a tag does not fit its value; remove the tag");
    }
  }

  private void count(long more, Place here) {
    values += more;
    if (values > Node.MAX_VALUES) {
      throw mistake(
          here,
          "the file holds more than "
              + Node.MAX_VALUES
              + " values when every alias is written out; use fewer");
    }
  }

  private Place place(Event event) {
    return place.at(event.getStartMark().map(Mark::getLine).orElse(-1) + 1);
  }

  private ConfigProblem problem(Place here, String message) {
    return new ConfigProblem(here.toString(), path.toString(), message);
  }

  /** The mistakes so far and one that ends the reading. */
  private ConfigurationException mistake(Place here, String message) {
    problems.add(problem(here, message));
    return new ConfigurationException(problems);
  }
}
