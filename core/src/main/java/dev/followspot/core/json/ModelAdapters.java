package dev.followspot.core.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How Gson reads what the models hold beside texts, numbers and each other. */
final class ModelAdapters {

  private ModelAdapters() {}

  static Gson gson() {
    return new GsonBuilder()
        .registerTypeAdapter(
            OffsetDateTime.class, new TextAdapter<>(OffsetDateTime::parse, Object::toString))
        .registerTypeAdapter(LocalDate.class, new TextAdapter<>(LocalDate::parse, Object::toString))
        .registerTypeAdapter(
            byte[].class,
            new TextAdapter<>(ModelAdapters::bytes, Base64.getEncoder()::encodeToString))
        .create();
  }

  /** The masked value of a secret is no Base64; its bytes are the mask. */
  private static byte[] bytes(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static final class TextAdapter<T> extends TypeAdapter<T> {
    private final Function<String, T> reader;
    private final Function<T, String> writer;

    TextAdapter(Function<String, T> reader, Function<T, String> writer) {
      this.reader = reader;
      this.writer = writer;
    }

    @Override
    public @Nullable T read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return null;
      }
      String path = in.getPath();
      try {
        return reader.apply(in.nextString());
      } catch (DateTimeException e) {
        throw new JsonSyntaxException("no date at " + path, e);
      }
    }

    @Override
    public void write(JsonWriter out, @Nullable T value) throws IOException {
      out.value(value == null ? null : writer.apply(value));
    }
  }
}
