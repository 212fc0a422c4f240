  // Elements are stored as they are driven; nothing is gathered from the beats.
  assign work_data = load_data;
  logic unused_input;
  assign unused_input = ^{beat_taken, beat, beat_left, tile_move};
