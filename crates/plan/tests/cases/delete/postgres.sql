"answer": write
  statement (key 1):
    DELETE
    FROM "public"."tasks"
    WHERE "tasks"."estimate" < $1
    RETURNING "tasks"."id", "tasks"."title"
    -- 1 = Variable("estimate") : numeric ScaledOperand { scale: 2 }
  response {"affected_rows":affected rows, "returning":returning 0 list}
  returning 0: {"id":0:Int, "title":1:String}, visible None
