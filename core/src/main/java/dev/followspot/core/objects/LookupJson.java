package dev.followspot.core.objects;

import dev.followspot.core.json.JsonOutput;
import dev.followspot.core.json.JsonPublisher;
import dev.followspot.spi.ObjectsResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Publisher;

/**
 * Both renderings of a result in one document: {@code matrix}, which is that of {@link MatrixJson},
 * and {@code backstage}, which is that of {@link BackstageJson}.
 */
public final class LookupJson {

  private LookupJson() {}

  /**
   * The document for somebody who takes it in parts, as fast as they can.
   *
   * @param result the result
   * @return gives the document to one subscriber; a part is made when it is asked for, in the
   *     thread that asks, and may be a read-only view of an answer of a cluster
   */
  public static Publisher<ByteBuffer> publisher(ObjectsResult result) {
    return new JsonPublisher(new Rendering((json, then) -> write(result, json, then)));
  }

  private static void write(ObjectsResult result, JsonOutput json, Rendering then)
      throws IOException {
    json.beginObject();
    json.name("matrix");
    then.add((out, after) -> out.endObject());
    then.add(
        (out, after) -> {
          out.name("backstage");
          BackstageJson.write(result, out, after);
        });
    then.add((out, after) -> MatrixJson.write(result, out, after));
  }
}
