package dev.followspot.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How JSON is read here: its limits, and plain values out of a parser. */
final class Parsers {

  /** The deepest nesting of one object, which is what the values of spi allow. */
  static final int MAX_DEPTH = 500;

  /** The most digits of a number. */
  static final int MAX_NUMBER_LENGTH = 1000;

  /** An object in a list is nested in two more levels, the list itself and its items. */
  static final JsonFactory LISTS = factory(MAX_DEPTH + 2);

  static final JsonFactory OBJECTS = factory(MAX_DEPTH);

  private Parsers() {}

  private static JsonFactory factory(int depth) {
    return new JsonFactoryBuilder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                // Whoever read the body has bounded it, and with it every text.
                .maxStringLength(Integer.MAX_VALUE)
                .build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        .build();
  }

  /** The value at the parser's current token, as immutable plain values. */
  static @Nullable Object value(JsonParser parser) throws IOException {
    return value(parser, false);
  }

  /** The same, but of a key that is there twice the last one counts. */
  static @Nullable Object lastValue(JsonParser parser) throws IOException {
    return value(parser, true);
  }

  private static @Nullable Object value(JsonParser parser, boolean last) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, last);
      case START_ARRAY -> array(parser, last);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  static Map<String, Object> object(JsonParser parser) throws IOException {
    return object(parser, false);
  }

  // JSON's null is a value in the map: the type says less than the Javadoc of KubernetesObject.
  @SuppressWarnings({"unchecked", "NullAway"})
  private static Map<String, Object> object(JsonParser parser, boolean last) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      if (!last && map.containsKey(key)) {
        parser.skipChildren();
      } else {
        map.put(key, value(parser, last));
      }
    }
    return (Map<String, Object>) (Map<String, ?>) Collections.unmodifiableMap(map);
  }

  private static List<@Nullable Object> array(JsonParser parser, boolean last) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser, last));
    }
    return Collections.unmodifiableList(list);
  }

  private static Object integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> parser.getIntValue();
      case LONG -> parser.getLongValue();
      default -> new BigInteger(parser.getText());
    };
  }

  /** A number whose exponent no BigDecimal holds stays the text that it is. */
  private static Object decimal(JsonParser parser) throws IOException {
    String text = parser.getText();
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
