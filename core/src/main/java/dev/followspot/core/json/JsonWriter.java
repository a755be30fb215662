package dev.followspot.core.json;

import dev.followspot.spi.KubernetesObject;
import java.io.IOException;
import java.io.OutputStream;

/** Writes single objects. */
public final class JsonWriter {

  private JsonWriter() {}

  /**
   * Writes an object: its bytes if it is as an API server sent it.
   *
   * @param object the object
   * @param out where to write in UTF-8; it is flushed and stays open
   * @throws IOException if the stream fails
   */
  public static void write(KubernetesObject object, OutputStream out) throws IOException {
    JsonOutput output = new JsonOutput(out);
    output.object(object);
    output.finish();
  }
}
