package dev.followspot.core.json;

import com.google.gson.Gson;
import com.google.gson.stream.JsonReader;
import dev.followspot.spi.Cell;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ResourceType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Makes the typed models of client-java, such as {@code V1Pod}, out of objects. */
public final class TypedObjects {

  // Immutable, and ours alone: client-java's own can be replaced by anybody in the process.
  private static final Gson GSON = ModelAdapters.gson();

  private TypedObjects() {}

  /**
   * Decodes an object. Fields that the model does not have are left out.
   *
   * @param object the object
   * @param type its type, for the message
   * @param model the class of the model
   * @param <T> the model
   * @return a new instance
   * @throws IllegalArgumentException if the object does not fit the model; the message names the
   *     object and the path of the field, and shows no value
   */
  public static <T> T decode(KubernetesObject object, ResourceType type, Class<T> model) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try {
      JsonWriter.write(object, json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    JsonReader reader = new JsonReader(new StringReader(json.toString(StandardCharsets.UTF_8)));
    try {
      T decoded = GSON.fromJson(reader, model);
      if (decoded != null) {
        return decoded;
      }
    } catch (RuntimeException e) {
      // The models' adapters throw what they like, with values in the message; the path has none.
    }
    throw new IllegalArgumentException(
        type.displayName()
            + " '"
            + KubernetesObjects.describe(object)
            + "' does not fit "
            + model.getSimpleName()
            + " at "
            + path(reader)
            + "; its JSON can still be read, by field()");
  }

  /** The path of the value that was read last; a key of a map is not part of it. */
  private static String path(JsonReader reader) {
    String path = reader.getPath();
    return path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
  }

  /**
   * Whether a cell holds the objects of a model.
   *
   * @param model the class of a model; its name says the kind, and mostly the version: {@code
   *     V1Deployment} is {@code Deployment} of version {@code v1}
   * @param cell the cell
   * @return true if it is of that kind and version
   */
  public static boolean matches(Class<?> model, Cell cell) {
    return ModelName.of(model).matches(cell);
  }
}
