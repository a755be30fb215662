package dev.followspot.examples.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** What is in the answer to one look-up: Backstage's JSON. */
final class Answer {

  private static final JsonFactory JSON = new JsonFactory();

  private int objects;
  private int errors;

  private Answer() {}

  static Answer read(byte[] document) throws IOException {
    Answer answer = new Answer();
    try (JsonParser json = JSON.createParser(document)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer is no object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        answer.member(json);
      }
    }
    return answer;
  }

  /** How many objects there are, without those beside their metrics. */
  int objects() {
    return objects;
  }

  int errors() {
    return errors;
  }

  private void member(JsonParser json) throws IOException {
    boolean items = json.currentName().equals("items");
    json.nextToken();
    if (items) {
      each(json, () -> cluster(json));
    } else {
      json.skipChildren();
    }
  }

  private void cluster(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "resources" -> each(json, () -> type(json));
        case "errors" -> each(json, () -> errors += skipped(json));
        default -> json.skipChildren();
      }
    }
  }

  private void type(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean resources = json.currentName().equals("resources");
      json.nextToken();
      if (resources) {
        each(json, () -> objects += skipped(json));
      } else {
        json.skipChildren();
      }
    }
  }

  private static int skipped(JsonParser json) throws IOException {
    json.skipChildren();
    return 1;
  }

  private interface Element {
    void read() throws IOException;
  }

  private static void each(JsonParser json, Element element) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == null) {
        throw new IOException("the answer ends in the middle");
      }
      element.read();
    }
  }
}
