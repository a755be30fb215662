package dev.followspot.testkit;

import dev.followspot.spi.KubernetesObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Turns whatever a test adds into objects of maps, lists and plain values. */
final class Documents {

  private static final Pattern MODEL = Pattern.compile("V\\d+(?:(?:alpha|beta)\\d+)?([A-Z]\\w*)");

  private Documents() {}

  /**
   * The objects in a source. The items of a list are objects of their own.
   *
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  static List<KubernetesObject> objects(Object source) {
    List<KubernetesObject> objects = new ArrayList<>();
    collect(source, objects);
    return objects;
  }

  private static void collect(Object source, List<KubernetesObject> objects) {
    if (source instanceof KubernetesObject object) {
      unfold(object.asMap(), objects);
    } else if (source instanceof Map<?, ?> map) {
      unfold(map, objects);
    } else if (source instanceof Iterable<?> many && !(source instanceof Path)) {
      many.forEach(each -> collect(each, objects));
    } else if (source instanceof CharSequence text) {
      parse(text.toString(), "the text", objects);
    } else if (source instanceof Path file) {
      parse(read(file), file.toString(), objects);
    } else {
      unfold(model(source), objects);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void parse(String text, String where, List<KubernetesObject> objects) {
    int before = objects.size();
    for (Object document : documents(text, where)) {
      if (document instanceof Map<?, ?> map) {
        unfold(map, objects);
      } else if (document != null) {
        throw new IllegalArgumentException(
            where + " holds " + document + "; Kubernetes objects in YAML or JSON are expected");
      }
    }
    if (objects.size() == before) {
      throw new IllegalArgumentException(where + " holds no Kubernetes object");
    }
  }

  private static Iterable<?> documents(String text, String where) {
    if (text.stripLeading().startsWith("{")) {
      // JSON may be indented with tabs, YAML may not.
      try {
        return List.of(JsonText.read(text));
      } catch (IOException e) {
        // A flow mapping of YAML, or a mistake that the YAML parser explains with its line.
      }
    }
    try {
      List<Object> documents = new ArrayList<>();
      new Load(LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build())
          .loadAllFromString(text)
          .forEach(documents::add);
      return documents;
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(where + " is neither YAML nor JSON: " + e.getMessage(), e);
    }
  }

  private static void unfold(Map<?, ?> document, List<KubernetesObject> objects) {
    String kind = String.valueOf(document.get("kind"));
    if (!kind.endsWith("List") || !(document.get("items") instanceof List<?> items)) {
      objects.add(KubernetesObject.of(texts(document)));
      return;
    }
    for (Object item : items) {
      if (!(item instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("an item of the " + kind + " is " + item);
      }
      Map<String, Object> whole = new LinkedHashMap<>(texts(map));
      if (!kind.equals("List")) {
        whole.putIfAbsent("kind", kind.substring(0, kind.length() - "List".length()));
        whole.putIfAbsent("apiVersion", String.valueOf(document.get("apiVersion")));
      }
      unfold(whole, objects);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> texts(Map<?, ?> map) {
    // KubernetesObject.of checks that the keys are texts.
    return (Map<String, Object>) map;
  }

  /**
   * A typed model of client-java, which writes itself as JSON. Called by reflection, so that a
   * testkit without client-java is none the larger. A model does not say its kind unless it was
   * set, so its class has to.
   */
  private static Map<?, ?> model(Object source) {
    Class<?> type = source.getClass();
    String json;
    try {
      Method toJson = type.getMethod("toJson");
      json = String.valueOf(toJson.invoke(source));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          "a "
              + type.getName()
              + " is no Kubernetes object; text, Path, Map, KubernetesObject or a model with a "
              + "method toJson() is expected",
          e);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(type.getName() + ".toJson() fails", e);
    }
    Map<String, Object> object;
    try {
      object = new LinkedHashMap<>(JsonText.read(json));
    } catch (IOException e) {
      throw new IllegalArgumentException(type.getName() + ".toJson() makes no JSON object", e);
    }
    Matcher name = MODEL.matcher(type.getSimpleName());
    if (name.matches()) {
      object.putIfAbsent("kind", name.group(1));
    }
    return object;
  }
}
