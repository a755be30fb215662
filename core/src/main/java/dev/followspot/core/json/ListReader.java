package dev.followspot.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.followspot.spi.KubernetesObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one list; items are skipped token by token, and only where they are is kept. */
final class ListReader {

  private final JsonParser parser;
  private final byte[] body;
  private final ListBytes source;
  private final int start;
  private final int length;
  private final int most;
  private final Set<String> seen = new HashSet<>();

  private @Nullable String kind;
  private @Nullable String apiVersion;
  private @Nullable String resourceVersion;
  private @Nullable String continueToken;
  private @Nullable List<KubernetesObject> objects;
  private boolean nullItems;

  /**
   * The parser reads the body from {@code start} on, and counts bytes from there; so many items are
   * kept.
   */
  ListReader(JsonParser parser, byte[] body, int start, int length, int most) {
    this.parser = parser;
    this.body = body;
    this.source = new ListBytes(body);
    this.start = start;
    this.length = length;
    this.most = most;
  }

  ObjectList read() throws IOException, InvalidListException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw new InvalidListException("the answer is " + name(first) + "; a list was expected");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      readField(parser.currentName());
    }
    if (parser.nextToken() != null) {
      throw new InvalidListException("the answer goes on after the end of the list");
    }
    return list();
  }

  private void readField(String key) throws IOException, InvalidListException {
    parser.nextToken();
    switch (key) {
      case "kind" -> {
        once(key);
        kind = text(key);
      }
      case "apiVersion" -> {
        once(key);
        apiVersion = text(key);
      }
      case "metadata" -> {
        once(key);
        readMetadata();
      }
      case "items" -> {
        once(key);
        readItems();
      }
      default -> parser.skipChildren();
    }
  }

  private void once(String key) throws InvalidListException {
    if (!seen.add(key)) {
      throw new InvalidListException("the answer has '" + key + "' twice");
    }
  }

  private void readMetadata() throws IOException, InvalidListException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    expect(JsonToken.START_OBJECT, "metadata", "an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "resourceVersion" -> {
          once("metadata." + key);
          resourceVersion = text("metadata." + key);
        }
        case "continue" -> {
          once("metadata." + key);
          continueToken = text("metadata." + key);
        }
        default -> parser.skipChildren();
      }
    }
  }

  private void readItems() throws IOException, InvalidListException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      nullItems = true;
      return;
    }
    expect(JsonToken.START_ARRAY, "items", "an array");
    List<KubernetesObject> items = new ArrayList<>();
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new InvalidListException(
            "item "
                + count
                + " of the answer is "
                + name(parser.currentToken())
                + "; an object was expected");
      }
      int from = start + (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      int to = start + (int) parser.currentLocation().getByteOffset();
      if (items.size() < most) {
        items.add(new RawObject(source, from, to - from));
      }
      count++;
    }
    objects = items;
  }

  private @Nullable String text(String key) throws IOException, InvalidListException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    expect(JsonToken.VALUE_STRING, key, "a text");
    return parser.getText();
  }

  private void expect(JsonToken expected, String key, String what) throws InvalidListException {
    if (parser.currentToken() != expected) {
      throw new InvalidListException(
          "'"
              + key
              + "' of the answer is "
              + name(parser.currentToken())
              + "; "
              + what
              + " was expected");
    }
  }

  private ObjectList list() throws InvalidListException {
    if ("Status".equals(kind)) {
      String said =
          ApiStatus.parse(body, length)
              .map(status -> status.message() == null ? status.reason() : status.message())
              .map(message -> ": " + Mistakes.printable(message))
              .orElse("");
      throw new InvalidListException("the answer is a Status instead of a list" + said);
    }
    if (objects != null) {
      return new ObjectList(kind, apiVersion, resourceVersion, continueToken, objects);
    }
    if (nullItems && kind != null && kind.endsWith("List")) {
      return new ObjectList(kind, apiVersion, resourceVersion, continueToken, List.of());
    }
    throw new InvalidListException(
        "the answer is an object "
            + (kind == null ? "without a kind" : "of kind " + Mistakes.printable(kind))
            + (nullItems ? " with 'items: null'" : " without 'items'")
            + "; a list was expected");
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "null";
    };
  }
}
