package dev.sinter.ir.diag;

/// Where something stands in a text; lines and columns count from 1.
///
/// @param text what messages call the text, such as a file's name
public record Place(String text, int line, int column) {
    @Override
    public String toString() {
        return text + ":" + line + ":" + column;
    }
}
