"""The open benchmark: labelled notes, spans, twins, scores with their intervals, and exchange with annotation tools."""
