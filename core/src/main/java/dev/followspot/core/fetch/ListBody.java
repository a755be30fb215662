package dev.followspot.core.fetch;

import dev.followspot.core.http.ApiResponse;
import dev.followspot.core.http.BodyReader;
import dev.followspot.core.json.InvalidListException;
import dev.followspot.core.json.ListScanner;
import dev.followspot.core.json.ObjectList;
import dev.followspot.core.json.ObjectLists;
import org.jspecify.annotations.Nullable;

/** Reads a list while it comes, so that most of it is read when its last byte is there. */
final class ListBody implements BodyReader {

  private final ListScanner scanner;
  private @Nullable ObjectList list;

  /** So many items of the list are kept. */
  ListBody(int most) {
    this.scanner = new ListScanner(most);
  }

  @Override
  public int read(byte[] bytes, int length) {
    return scanner.read(bytes, length);
  }

  @Override
  public boolean end(byte[] bytes, int length) {
    scanner.read(bytes, length);
    list = scanner.list();
    return list != null;
  }

  /** The list that is the body of an answer; so many items of it are kept. */
  static ObjectList of(ApiResponse response, int most) throws InvalidListException {
    ObjectList read = response.reader() instanceof ListBody body ? body.list : null;
    return read == null ? ObjectLists.parse(response.body(), response.length(), most) : read;
  }
}
