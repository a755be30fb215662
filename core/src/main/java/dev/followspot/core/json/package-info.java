/**
 * Raw JSON: Kubernetes objects as slices of what the API server sent.
 *
 * <p>{@link dev.followspot.core.json.ObjectLists} cuts the answer to a list request into objects
 * without parsing them; each is a {@link dev.followspot.spi.KubernetesObject} that is read only
 * where it is asked. {@link dev.followspot.core.json.JsonOutput} writes documents into which
 * untouched objects go byte for byte. {@link dev.followspot.core.json.ApiStatus} reads why an API
 * server refused, {@link dev.followspot.core.json.SecretMask} hides the values of secrets, {@link
 * dev.followspot.core.json.TypedObjects} makes the models of client-java out of objects, and {@link
 * dev.followspot.core.json.Json} is for plain values.
 *
 * <p>Of a key that stands twice in one JSON object, which no API server sends, the first counts;
 * what is written untouched holds both.
 */
@NullMarked
package dev.followspot.core.json;

import org.jspecify.annotations.NullMarked;
