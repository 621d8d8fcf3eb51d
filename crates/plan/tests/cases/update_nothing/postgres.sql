"answer": write
  no statement
  response returning 0
  returning 0: {"id":0:Int, "title":1:String, "updated_at":2:timestamptz}, visible None
