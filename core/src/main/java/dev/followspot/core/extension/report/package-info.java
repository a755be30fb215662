/**
 * What an application is told of the extensions that were found: {@link
 * dev.followspot.core.extension.report.LoadedExtension} says where each comes from, whether it is
 * used, and what it wraps; {@link dev.followspot.core.extension.report.ProviderIssue} says what is
 * wrong with a jar, and what to do about it. {@link
 * dev.followspot.core.extension.report.ExtensionPoint} lists what can be extended.
 */
@NullMarked
package dev.followspot.core.extension.report;

import org.jspecify.annotations.NullMarked;
