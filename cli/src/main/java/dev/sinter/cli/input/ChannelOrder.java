package dev.sinter.cli.input;

/// Which colour comes first.
public enum ChannelOrder {
    RGB,
    BGR
}
